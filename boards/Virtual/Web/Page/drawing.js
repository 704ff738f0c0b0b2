// The unit as it stands: metering unit, line, communication unit with its light, radio and cable, terminals.

import { byId, mark, say, svg } from './dom.js';
import { number, t } from './texts.js';

// The light is shown this much later than it was, so that what came over the stream in one piece is seen one after another.
const LATER = 450;
const isNarrow = matchMedia('(max-width: 720px)');

const LAYOUTS = {
  wide: { box: '0 0 960 224', meter: [6, 22], line: [176, 96, 0], unit: [346, 22], radio: [516, 63, 0], cable: [516, 161, 0], wisun: [716, 22], ip: [716, 120] },
  narrow: { box: '0 0 340 660', meter: [85, 6], line: [170, 186, 90], unit: [85, 240], radio: [134, 420, 90], cable: [206, 420, 90], wisun: [51, 480], ip: [51, 574] },
};

let parts = null;
let ahead = null;
let timers = [];

function box(width, height, name, ...children) {
  return svg('g', { class: `part ${name}` }, svg('rect', { class: 'body', width, height, rx: 12 }), ...children);
}

function text(x, y, name, anchor = 'middle') {
  return svg('text', { x, y, class: name, 'text-anchor': anchor });
}

function link(length) {
  return svg('g', { class: 'link' },
    svg('path', { class: 'wire', d: `M0 0H${length}` }),
    svg('path', { class: 'noise', d: `M0 0${Array.from({ length: 12 }, (_, i) => `L${((i + 0.5) * length / 12).toFixed(1)} ${i % 2 ? 9 : -9}`).join('')}L${length} 0` }),
    svg('path', { class: 'break', d: `M${(length / 2) - 12} -14l10 28M${(length / 2) + 2} -14l10 28` }),
    svg('circle', { class: 'pulse', r: 4, cx: 0, cy: 0 }));
}

/** Draws it for the first time. */
export function begin() {
  const meter = box(170, 180, 'meter',
    svg('rect', { class: 'glass', x: 16, y: 18, width: 138, height: 62, rx: 6 }),
    text(142, 46, 'digits', 'end'), text(142, 68, 'small', 'end'),
    svg('path', { class: 'posts', d: 'M45 156v14M72 156v14M98 156v14M125 156v14' }),
    text(85, 110, 'name'), text(85, 130, 'small title'));
  const unit = box(170, 180, 'unit',
    svg('circle', { class: 'halo', cx: 85, cy: 44, r: 24 }), svg('circle', { class: 'lamp', cx: 85, cy: 44, r: 11 }),
    text(85, 96, 'name'), text(85, 116, 'small pattern'),
    svg('rect', { class: 'gauge', x: 20, y: 138, width: 130, height: 8, rx: 4 }),
    svg('rect', { class: 'drawn', x: 20, y: 138, width: 0, height: 8, rx: 4 }),
    text(85, 166, 'small supply'));
  const wisun = box(238, 82, 'terminal', text(119, 36, 'name'), text(119, 58, 'small'));
  const ip = box(238, 82, 'terminal', text(119, 36, 'name'), text(119, 58, 'small'));
  const radio = svg('g', { class: 'link radio' }, svg('path', { class: 'wire', d: 'M0 0H200' }),
    svg('path', { class: 'waves', d: 'M84 -12a17 17 0 0 1 0 24M98 -18a26 26 0 0 1 0 36M112 -24a34 34 0 0 1 0 48' }),
    svg('circle', { class: 'pulse', r: 4 }));
  const picture = svg('svg', { role: 'img' }, svg('title'), link(170), meter, radio, link(200), unit, wisun, ip);
  const [, line, , , cable] = picture.children;
  line.classList.add('line');
  parts = { picture, meter, line, unit, radio, cable, wisun, ip };
  byId('drawing').replaceChildren(picture);
  say(meter.querySelector('.name'), t('meteringUnit'));
  say(unit.querySelector('.name'), t('communicationUnit'));
  say(wisun.querySelector('.name'), t('wisunTerminal'));
  say(ip.querySelector('.name'), t('ipTerminals'));
  arrange();
  isNarrow.addEventListener('change', arrange);
}

function arrange() {
  const layout = LAYOUTS[isNarrow.matches ? 'narrow' : 'wide'];
  parts.picture.setAttribute('viewBox', layout.box);
  for (const [name, [x, y, turn]] of Object.entries(layout)) {
    if (name !== 'box') {
      parts[name].setAttribute('transform', `translate(${x} ${y})${turn ? ` rotate(${turn})` : ''}`);
    }
  }
  parts.radio.querySelector('.waves').removeAttribute('transform');
  for (const [name, scale] of [['line', 54 / 170], ['radio', 60 / 200], ['cable', 154 / 200]]) {
    if (isNarrow.matches) {
      parts[name].querySelector('.waves')?.setAttribute('transform', `translate(100 0) scale(${0.6 / scale} 0.6) translate(-98 0)`);
      parts[name].setAttribute('transform', `${parts[name].getAttribute('transform')} scale(${scale} 1)`);
    }
  }
}

/** Shows what is known.
 * @param {object} seen the sections of the stream, by name */
export function show(seen) {
  const { unit, reading, wisun, wifi, counters, power, site } = seen;
  const isOff = seen.off;
  const action = id => site?.actions.find(one => one.id === id);
  mark(parts.picture, 'data-off', isOff);
  const register = reading?.rows[0];
  say(parts.meter.querySelector('.digits'), register?.value === null || register === undefined ? '– – – –'
    : number(register.value * register.step, 3));
  say(parts.meter.querySelector('.small'), 'kWh');
  say(parts.meter.querySelector('.title'), unit?.meter ?? '');
  mark(parts.line, 'data-cut', action('line')?.on);
  mark(parts.line, 'data-noisy', action('noise')?.on);
  mark(parts.line, 'data-good', !isOff && unit?.live);
  say(parts.unit.querySelector('.pattern'), isOff || !unit ? t('light.None') : t(`light.${unit.light}`));
  const share = power && !isOff ? Math.min(power.granted / Math.max(power.free, 1), 1) : 0;
  parts.unit.querySelector('.drawn').setAttribute('width', 130 * share);
  mark(parts.unit, 'data-low', power?.low);
  say(parts.unit.querySelector('.supply'), isOff || !power ? t('unplugged')
    : power.low ? t('supplyLow') : t('supplyGood', { granted: number(power.granted / 1000, 2), free: number(power.free / 1000, 2) }));
  const isJoined = !isOff && wisun?.state === 'Joined';
  mark(parts.radio, 'data-good', isJoined);
  mark(parts.wisun, 'data-good', isJoined);
  say(parts.wisun.querySelector('.small'), isOff || !wisun ? '' : !wisun.there ? t('noModule') : t(`wisun.${wisun.state}`));
  const isIp = !isOff && unit?.addresses.length > 0;
  mark(parts.cable, 'data-good', isIp);
  mark(parts.ip, 'data-good', isIp && counters?.terminals > (isJoined ? 1 : 0));
  say(parts.ip.querySelector('.small'), isOff || !counters ? '' : wifi?.there ? t(`wifi.${wifi.state}`)
    : isIp ? t('terminals', { count: counters.terminals, proven: counters.provenTerminals }) : t('noAddress'));
  say(parts.picture.querySelector('title'), describe(seen));
}

function describe({ off, unit, wisun, counters }) {
  return off || !unit ? t('drawing.off') : t('drawing.text', {
    metering: t(`metering.${unit.metering}`), light: t(`light.${unit.light}`),
    wisun: wisun?.there ? t(`wisun.${wisun.state}`) : t('noModule'), count: counters?.terminals ?? 0,
  });
}

function light(isLit) {
  mark(parts.unit, 'data-lit', isLit);
}

/** Plays the light as it was: each time that it went on or off. */
export function blink({ now, lit, changes }) {
  const offset = performance.now() - now;
  // Messages come late, never early: the earliest one knows best.
  ahead = ahead === null || offset < ahead || offset > ahead + 2000 ? offset : ahead;
  if (changes.length === 0) {
    timers.forEach(clearTimeout);
    timers = [];
    light(lit);
    return;
  }
  timers = timers.slice(-64);
  for (const [at, isLit] of changes) {
    timers.push(setTimeout(() => light(isLit), Math.max(0, at + ahead + LATER - performance.now())));
  }
}

export function dark() {
  timers.forEach(clearTimeout);
  timers = [];
  ahead = null;
  light(false);
}

/** Something passed: on the line, the radio or the cable. */
export function pulse(name) {
  const target = parts[name];
  target.removeAttribute('data-pulse');
  void target.getBoundingClientRect();
  target.setAttribute('data-pulse', '');
}
