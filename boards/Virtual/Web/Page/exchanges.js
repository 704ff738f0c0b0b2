// What passes between the unit and its terminals; each opens to its bytes.

import { byId, el, mark, say } from './dom.js';
import { bytesOf, decode, hex, serviceOf, summary } from './frame.js';
import { number, t } from './texts.js';

const MOST = 60;

let isHeld = false;
let held = [];
let heldBack = 0;
let skipped = 0;
let scale = { step: 0, demandStep: 0, reactiveStep: 0 };

export function begin() {
  const hold = byId('hold');
  say(hold, t('hold'));
  hold.addEventListener('click', () => {
    isHeld = !isHeld;
    mark(hold, 'aria-pressed', isHeld);
    if (!isHeld) {
      held.forEach(add);
      held = [];
      heldBack = 0;
      tellSkipped();
    }
  });
}

/** What a step of a register is. */
export function setScale(reading) {
  scale = reading;
}

export function clear() {
  byId('exchange-list').replaceChildren();
  held = [];
  skipped = 0;
  heldBack = 0;
  tellSkipped();
  byId('nobody').hidden = false;
}

/** Takes what has passed. */
export function take(message) {
  skipped += message.skipped;
  for (const exchange of message.taken) {
    if (isHeld) {
      held.push(exchange);
      heldBack++;
      held = held.slice(-MOST);
    } else {
      add(exchange);
    }
  }
  tellSkipped();
}

function tellSkipped() {
  const texts = [];
  if (heldBack > 0) {
    texts.push(t('heldBack', { count: number(heldBack, 0) }));
  }
  if (skipped > 0) {
    texts.push(t('skipped', { count: number(skipped, 0) }));
  }
  say(byId('skipped'), texts.join(', '));
}

function outcome(exchange) {
  const length = exchange.response.length / 2;
  if (exchange.ours) {
    return t(exchange.peer ? 'outcome.toPeer' : 'outcome.told', { length });
  }
  return exchange.drop ? t('outcome.dropped', { reason: t(`drop.${exchange.drop}`) })
    : length === 0 ? t('outcome.silent')
    : t('outcome.answered', { service: serviceOf(bytesOf(exchange.response)), length });
}

function frameTable(title, frameHex) {
  const frame = bytesOf(frameHex);
  return el('div', { class: 'frame' },
    el('h3', null, t('frameTitle', { title, length: frame.length })),
    el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': title },
      el('table', null,
        el('thead', null, el('tr', null, ...['bytes', 'field', 'meaning'].map(key => el('th', { scope: 'col' }, t(key))))),
        el('tbody', null, ...decode(frame, scale).map(part => el('tr', { class: part.level ? 'deep' : null },
          el('td', { class: 'bytes' }, hex(part.bytes)), el('th', { scope: 'row' }, part.field), el('td', null, part.text)))))));
}

function add(exchange) {
  const list = byId('exchange-list');
  byId('nobody').hidden = true;
  const time = new Date(exchange.at);
  const details = el('details', null,
    el('summary', { class: exchange.drop ? 'dropped' : exchange.ours ? 'ours' : null },
      el('time', { class: 'num', datetime: time.toISOString() }, clock(time)),
      el('span', { class: 'path' }, exchange.path),
      el('span', { class: 'peer' }, exchange.ours ? t('thisUnit') : exchange.peer),
      el('span', { class: 'what' }, summary(bytesOf(exchange.ours ? exchange.response : exchange.request))),
      el('span', { class: 'outcome' }, outcome(exchange))));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) {
      details.append(...[[t('request'), exchange.request], [t(exchange.ours ? 'notification' : 'response'), exchange.response]]
        .filter(([, frame]) => frame.length > 0).map(([title, frame]) => frameTable(title, frame)));
    }
  });
  list.prepend(el('li', null, details));
  if (list.childElementCount > MOST) {
    const closed = [...list.children].reverse().find(item => !item.firstElementChild.open);
    (closed ?? list.lastElementChild).remove();
  }
}

export function clock(time) {
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(part => String(part).padStart(2, '0')).join(':');
}
