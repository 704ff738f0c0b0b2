// Log, security log, counters, supply and the facts about the unit.

import { byId, el, mark, say } from './dom.js';
import { clock } from './exchanges.js';
import { has, number, t } from './texts.js';

const MOST_LINES = 200;

/** Adds a log line of the firmware, which speaks English. */
export function log(line) {
  const list = byId('log');
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 24;
  const time = new Date(line.at);
  list.append(el('li', { class: ['Warning', 'Error'].includes(line.level) ? 'warning' : null },
    el('time', { class: 'num', datetime: time.toISOString() }, clock(time)), ' ',
    el('span', { class: 'key' }, line.source), ' ', line.text));
  if (list.childElementCount > MOST_LINES) {
    list.firstElementChild.remove();
  }
  if (isAtEnd) {
    list.scrollTop = list.scrollHeight;
  }
}

export function clearLog() {
  byId('log').replaceChildren();
}

function stamp(value) {
  return typeof value === 'number' ? t('sinceStart', { seconds: number(value, 0) }) : value.replace('T', ' ');
}

export function security({ entries }) {
  byId('security').replaceChildren(...[...entries].reverse().map(entry => el('tr', null,
    el('th', { scope: 'row' }, has(`event.${entry.event}`) ? t(`event.${entry.event}`) : entry.event),
    el('td', { class: 'num right' }, number(entry.count, 0)),
    el('td', { class: 'num' }, stamp(entry.first)), el('td', { class: 'num' }, stamp(entry.last)))));
}

/** Shows names and values in pairs; what is there already is only changed. */
function pairs(list, rows) {
  const names = [...list.querySelectorAll('dt')].map(term => term.textContent);
  if (names.length !== rows.length || rows.some(([name], i) => name !== names[i])) {
    list.replaceChildren(...rows.map(([name]) => el('div', null, el('dt', null, name), el('dd', { class: 'num' }))));
  }
  [...list.querySelectorAll('dd')].forEach((value, i) => {
    say(value, rows[i][1]);
    mark(value, 'class', rows[i][2] ? 'num warning' : 'num');
  });
}

function reasons(counts) {
  return Object.entries(counts).map(([reason, count]) => `${has(`drop.${reason}`) ? t(`drop.${reason}`) : reason} ${number(count, 0)}`).join(', ');
}

export function counters(seen) {
  const trouble = ['readFailures', 'linkTimeouts', 'linkNoiseBytes', 'differences', 'lost', 'notSent', 'selectorsRefused', 'loopFailures'];
  const usual = ['readings', 'liveReadings', 'linkBytes', 'linkRetransmissions', 'requests', 'answers', 'notifications', 'terminals', 'provenTerminals', 'greeted'];
  const rows = usual.map(name => [t(`counter.${name}`), number(seen[name], 0)]);
  rows.push([t('counter.drops'), reasons(seen.drops) || t('none'), reasons(seen.drops) !== '']);
  rows.push([t('counter.linkDrops'), reasons(seen.linkDrops) || t('none'), reasons(seen.linkDrops) !== '']);
  rows.push(...trouble.map(name => [t(`counter.${name}`), number(seen[name], 0), seen[name] > 0]));
  pairs(byId('counters'), rows);
}

export function supply(seen) {
  pairs(byId('supply'), [
    [t('supplyGranted'), t('ofFree', { granted: number(seen.granted / 1000, 2), free: number(seen.free / 1000, 2) })],
    [t('supplyState'), t(seen.low ? 'supplyLow' : 'supplyFine'), seen.low],
    ...seen.loads.map(load => [load.name, t(`load.${load.state}`), ['shed', 'waits'].includes(load.state)]),
    [t('brownOuts'), number(seen.brownOuts, 0), seen.brownOuts > 0],
  ]);
}

export function facts({ unit, wisun, wifi }) {
  if (!unit) {
    return;
  }
  const detail = unit.detail === 'None' ? '' : `: ${t(`detail.${unit.detail}`)}`;
  const rows = [
    [t('fact.echonet'), unit.addresses.length > 0 ? unit.addresses.join(', ') : t('noAddress'), unit.addresses.length === 0],
    [t('fact.light'), t(`light.${unit.light}`)],
    [t('fact.pairing'), t(`pairing.${unit.pairing}`) + detail
      + (unit.meter ? ` (${t('epoch', { epoch: unit.epoch })}${unit.title ? `, ${unit.title}` : ''})` : ''), unit.pairing !== 'Paired'],
    [t('fact.metering'), (unit.associating ? t('associating') : t(`metering.${unit.metering}`)) + (unit.gaps ? `: ${unit.gaps}` : '')
      + (unit.fresh ? '' : `, ${t('stale')}`) + (unit.meteringUnit ? ` (${unit.meteringUnit})` : ''), !unit.fresh],
    [t('fact.route'), unit.open ? t('routeOpen') : t('routeClosed'), !unit.open],
    [t('fact.credentials'), unit.credentials],
  ];
  if (wisun?.there) {
    rows.push([t('fact.wisun'), [t(`wisun.${wisun.state}`),
      wisun.channel && t('channel', { channel: wisun.channel, pan: wisun.pan }), wisun.dbm !== null && `${number(wisun.dbm, 0)} dBm`, wisun.terminal,
      t('datagrams', { in: number(wisun.in, 0), out: number(wisun.out, 0) }),
      t('sent', { sent: number(wisun.sent / 1000, 1), most: number(wisun.mostSent / 1000, 0) })].filter(Boolean).join(', ')]);
    if (wisun.dongle) {
      rows.push([t('fact.dongle'), wisun.dongle]);
    }
  }
  if (wifi?.there) {
    rows.push([t('fact.wifi'), [t(`wifi.${wifi.state}`), wifi.ssid, wifi.address, wifi.dbm !== null && `${number(wifi.dbm, 0)} dBm`].filter(Boolean).join(', ')]);
  }
  pairs(byId('unit-facts'), rows);
}
