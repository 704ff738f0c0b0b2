// The buttons: what one may do to a simulated site, and the command that does the same.

import { byId, el, mark, say } from './dom.js';
import { t } from './texts.js';

const HEADER = 'X-NanoComm-Token';
const KEY = 'nanocomm-token';

let token = null;
const cards = new Map();

/** Takes the token out of the address, where it would be seen, and keeps it for this tab. */
export function begin() {
  if (location.hash.length > 1 && !byId(location.hash.slice(1))) {
    sessionStorage.setItem(KEY, location.hash.slice(1));
    history.replaceState(null, '', location.pathname + location.search);
  }
  token = sessionStorage.getItem(KEY);
}

function curl(action) {
  return `curl -sS -X POST -H @- ${location.origin}/do/${action} <<< "${HEADER}: ${token ?? 'TOKEN'}"`;
}

async function press(id, action) {
  const done = byId('done');
  const name = t(`action.${action}`);
  try {
    const answer = await fetch(`/do/${action}`, { method: 'POST', headers: { [HEADER]: token ?? '' } });
    const reason = (await answer.text()).trim();
    say(done, answer.status === 204 ? t('actionDone', { name }) : answer.status === 409 ? t('actionNot', { name, reason: t(`reason.${reason}`) })
      : t('actionNot', { name, reason: t('reason.noToken') }));
  } catch {
    say(done, t('actionNot', { name, reason: t('reason.lost') }));
  }
}

function card(id) {
  const button = el('button', { type: 'button', 'aria-describedby': `about-${id}` });
  const about = el('p', { id: `about-${id}`, class: 'hint' });
  const why = el('p', { class: 'why' });
  const commands = el('div', { class: 'commands' });
  const details = el('details', null, el('summary', null, t('sameByCommand')), commands);
  const made = { button, about, why, commands, root: el('div', { class: 'action', 'data-id': id }, button, about, why, details), action: null };
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') {
      press(id, made.action);
    }
  });
  cards.set(id, made);
  byId('actions').append(made.root);
  return made;
}

/** Shows what may be done now; null while the unit is off. */
export function show(site) {
  const reachable = site && !site.writes;
  say(byId('site-hint'), reachable ? t('reason.reachable') : token === null ? t('reason.noToken') : t('siteHint'));
  if (!site) {
    for (const { button, why } of cards.values()) {
      mark(button, 'aria-disabled', true);
      say(why, t('reason.unitOff'));
    }
    return;
  }
  for (const one of site.actions) {
    const made = cards.get(one.id) ?? card(one.id);
    const reason = one.reason ?? (token === null ? 'noToken' : null);
    made.action = one.do;
    say(made.button, t(`action.${one.do}`));
    say(made.about, t(`about.${one.id}`));
    mark(made.button, 'data-on', one.on);
    mark(made.button, 'aria-disabled', reason !== null);
    mark(made.root, 'data-on', one.on);
    say(made.why, reason === null ? (one.on ? t(`on.${one.id}`) : '') : t(`reason.${reason}`));
    const lines = [...(one.command ? [[t('unitCommand'), one.command]] : []), [t('pageCommand'), curl(one.do)]];
    const shown = JSON.stringify(lines);
    if (made.shown !== shown) {
      made.shown = shown;
      made.commands.replaceChildren(...lines.map(([kind, line]) => el('p', null, el('span', { class: 'key' }, kind), el('code', { tabindex: 0 }, line))));
    }
  }
}
