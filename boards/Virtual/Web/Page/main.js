// The page: what the stream tells goes to the parts that show it.

import { barChart, sparkLine } from './charts.js';
import { byId, el, mark, say } from './dom.js';
import * as drawing from './drawing.js';
import * as exchanges from './exchanges.js';
import { propertyName } from './frame.js';
import * as lists from './lists.js';
import * as site from './site.js';
import { follow } from './stream.js';
import { language, number, t, translate } from './texts.js';

const REFILL = 3_000;

const seen = { off: true };
let days = [];
let refill = null;

translate();
site.begin();
drawing.begin();
exchanges.begin();

const kilowattHours = value => `${number(value, 3)} kWh`;
const live = sparkLine(byId('live'), t('liveLabel'));
const minutes = barChart(byId('minutes'), { label: t('minutesTitle'), unit: 'W', height: 190, least: 10 });
const dayList = barChart(byId('days'), { label: t('daysTitle'), unit: 'kWh', height: 150, least: 1, onPick: loadDay });
const day = barChart(byId('day'), { label: t('dayLabel'), unit: 'kWh', height: 150, least: 0.1 });

function setConnection(state) {
  say(byId('connection'), t(`connection.${state}`));
  mark(byId('connection'), 'data-kind', state === 'open' ? 'good' : 'bad');
  mark(document.body, 'data-lost', state !== 'open');
}

function update() {
  const { unit } = seen;
  drawing.show(seen);
  lists.facts(seen);
  say(byId('class'), unit ? t(`meterClass.${unit.class}`) : '');
  say(byId('speed'), unit && unit.speed !== 1 ? `×${number(unit.speed, 0)}` : '');
  const isGood = !seen.off && unit?.metering === 'Reading' && unit.fresh;
  say(byId('state'), seen.off || !unit ? t('unplugged') : unit.associating ? t('associating') : t(`metering.${unit.metering}`));
  mark(byId('state'), 'data-kind', isGood ? 'good' : 'bad');
  mark(document.body, 'data-off', seen.off);
}

function showReading(reading) {
  const isKnown = reading.power !== null;
  say(byId('power'), isKnown ? `${number(Math.abs(reading.power), 0)} W` : '– – –');
  mark(byId('power'), 'data-kind', !isKnown ? 'none' : reading.power < 0 ? 'to' : 'from');
  say(byId('direction'), !isKnown ? t('noData') : t(reading.power < 0 ? 'flowsTo' : 'flowsFrom'));
  live.add(reading.power);
  const ofClass = seen.unit?.class === 'high' ? '028F' : '0288';
  const body = byId('readings');
  const rows = reading.rows.map(row => [
    `${row.epc} ${propertyName(ofClass, row.epc)}${row.part ? ` ${['R', 'T'].includes(row.part) ? row.part : t(row.part)}` : ''}${row.at ? ` ${row.at.slice(11, 16)}` : ''}`,
    row.value === null ? t('noData') : `${number(row.value * row.step, decimals(row.step))} ${row.unit}`]);
  if (body.childElementCount !== rows.length) {
    body.replaceChildren(...rows.map(() => el('tr', null, el('th', { scope: 'row' }), el('td', { class: 'num right' }))));
  }
  rows.forEach(([name, value], i) => {
    say(body.children[i].firstElementChild, name);
    say(body.children[i].lastElementChild, value);
  });
}

function decimals(step) {
  return step >= 1 ? 0 : Math.round(-Math.log10(step));
}

function showMinutes({ newest, powers }) {
  const end = newest === null ? null : Date.parse(`${newest}Z`);
  minutes.show(powers.map((power, i) => {
    const time = new Date(end - ((powers.length - 1 - i) * 60_000)).toISOString().slice(11, 16);
    return { label: time, up: power === null ? null : Math.max(power, 0), down: power === null ? null : Math.max(-power, 0),
      text: power === null ? t('noData') : `${number(power, 0)} W`, tick: time.endsWith('0') ? time : '' };
  }));
}

const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });

function sums(normal, reverse, step) {
  return normal === null ? t('noData') : `${t('normal')} ${kilowattHours(normal * step)}, ${t('reverse')} ${kilowattHours((reverse ?? 0) * step)}`;
}

async function get(path) {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : null;
}

async function loadDays() {
  const step = seen.reading?.step ?? 0;
  const loaded = await get('/days').catch(() => null);
  if (loaded === null || step === 0) {
    return;
  }
  days = loaded.days.reverse();
  dayList.show(days.map(one => ({
    label: `${one.date} ${weekday.format(Date.parse(`${one.date}Z`))}`,
    up: one.normal === null ? null : one.normal * step, down: one.reverse === null ? null : one.reverse * step,
    text: sums(one.normal, one.reverse, step), tick: one.date.endsWith('-01') ? one.date.slice(5) : '',
  })));
  loadDay(dayList.picked);
}

async function loadDay(index) {
  const step = seen.reading?.step ?? 0;
  const back = days.length - 1 - index;
  if (index < 0 || back < 0 || step === 0) {
    return;
  }
  const loaded = await get(`/days/${back}`).catch(() => null);
  if (!loaded?.date || dayList.picked !== index) {
    return;
  }
  say(byId('day-title'), t('dayTitle', { date: loaded.date, weekday: weekday.format(Date.parse(`${loaded.date}Z`)) }));
  day.show(loaded.normal.map((normal, i) => {
    const time = `${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 ? '30' : '00'}`;
    const reverse = loaded.reverse[i];
    const isToCome = seen.days?.newest !== null && `${loaded.date}T${time}` >= seen.days?.newest.slice(0, 16);
    return { label: `${loaded.date} ${time}`, isToCome, up: normal === null ? null : normal * step, down: reverse === null ? null : reverse * step,
      text: sums(normal, reverse, step), tick: i % 6 === 0 ? time : '' };
  }));
}

// At the most every few seconds: while the history fills, and at a clock that runs fast.
function refillDays() {
  refill ??= setTimeout(() => {
    refill = null;
    loadDays();
    if (seen.days && !seen.days.complete) {
      refillDays();
    }
  }, days.length === 0 ? 100 : REFILL);
}

function tick() {
  const { clock, unit } = seen;
  if (seen.off || !unit) {
    return;
  }
  const now = Date.now() - skew;
  const time = clock?.time ? new Date(Date.parse(`${clock.time}Z`) + ((now - clock.at) * unit.speed)) : null;
  say(byId('clock'), time === null ? t('notKnown') : time.toISOString().slice(0, 19).replace('T', ' '));
  const up = Math.max(0, Math.floor((now - unit.started) / 1000));
  say(byId('uptime'), `${Math.floor(up / 86400)}.${[Math.floor(up / 3600) % 24, Math.floor(up / 60) % 60, up % 60].map(part => String(part).padStart(2, '0')).join(':')}`);
}

let skew = 0;

function section(name, handle) {
  return data => {
    seen[name] = data;
    seen.off = false;
    handle?.(data);
    update();
  };
}

follow({
  begin({ now }) {
    skew = Date.now() - now;
    lists.clearLog();
    exchanges.clear();
  },
  off() {
    for (const name of Object.keys(seen)) {
      delete seen[name];
    }
    seen.off = true;
    drawing.dark();
    live.clear();
    exchanges.clear();
    say(byId('power'), '– – –');
    say(byId('direction'), t('unplugged'));
    site.show(null);
    update();
  },
  unit: section('unit'),
  clock: section('clock', tick),
  reading: section('reading', reading => {
    exchanges.setScale(reading);
    showReading(reading);
    drawing.pulse('line');
    if (days.length === 0 && seen.days) {
      refillDays();
    }
  }),
  minutes: section('minutes', showMinutes),
  days: section('days', refillDays),
  wisun: section('wisun'),
  wifi: section('wifi'),
  power: section('power', lists.supply),
  counters: section('counters', lists.counters),
  security: section('security', lists.security),
  site: section('site', site.show),
  light: drawing.blink,
  log: lists.log,
  exchanges(message) {
    exchanges.take(message);
    for (const path of new Set(message.taken.map(exchange => exchange.path))) {
      drawing.pulse(path === 'IP' ? 'cable' : 'radio');
    }
  },
}, setConnection);

setConnection('lost');
setInterval(tick, 250);
update();
