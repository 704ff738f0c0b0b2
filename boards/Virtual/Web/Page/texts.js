// The one table of all words on the page, in each language; en is the source, and a language that lacks one is a failing test.

import { en } from './texts.en.js';
import { ja } from './texts.ja.js';

export const tables = { en, ja };

function choose() {
  const asked = new URLSearchParams(location.search).get('lang');
  return asked in tables ? asked : navigator.language.startsWith('ja') ? 'ja' : 'en';
}

export const language = choose();

const table = tables[language];

export function has(key) {
  return key in table;
}

/** A text, with its {places} filled in. */
export function t(key, values) {
  const text = table[key] ?? `[${key}]`;
  return values === undefined ? text : text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const formats = new Map();

/** A number with so many decimals. */
export function number(value, decimals) {
  if (!formats.has(decimals)) {
    formats.set(decimals, new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
  }
  return formats.get(decimals).format(Math.abs(value) < 0.5 * (10 ** -decimals) ? 0 : value).replace('-', '−');
}

/** Fills in what the page's own elements say. */
export function translate() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-t]')) {
    element.textContent = t(element.dataset.t);
  }
}
