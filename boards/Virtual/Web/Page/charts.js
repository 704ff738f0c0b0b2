// Bars over time, up in the normal direction and down in the reverse one. The keyboard moves along them: a chart is a slider
// whose value is the bar that is looked at.

import { el, svg } from './dom.js';
import { number, t } from './texts.js';

const LEFT = 44;
const RIGHT = 6;
const TOP = 20;
const BOTTOM = 22;

function niceStep(range, most) {
  const rough = range / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= rough);
}

/** Makes a chart.
 * @param {HTMLElement} container takes it
 * @param {{label: string, unit: string, height: number, least: number, onPick: function(number): void}} options least is the
 *   smallest range that the scale shows */
export function barChart(container, options) {
  let bars = [];
  let picked = -1;
  let isFollowing = true;
  const picture = svg('svg', { role: 'slider', tabindex: 0, 'aria-label': options.label, 'aria-valuemin': 0 });
  const readout = el('p', { class: 'readout num' });
  container.replaceChildren(picture, readout);

  function textOf(bar) {
    return bar === undefined ? t('noData') : `${bar.label}  ${bar.text}`;
  }

  function draw() {
    const width = Math.max(container.clientWidth, 240);
    const height = options.height;
    const plot = { width: width - LEFT - RIGHT, height: height - TOP - BOTTOM };
    const highest = Math.max(0, ...bars.map(bar => bar.up ?? 0));
    const lowest = Math.min(0, ...bars.map(bar => -(bar.down ?? 0)));
    const range = Math.max(highest - lowest, options.least ?? 1);
    const step = niceStep(range, Math.max(2, Math.floor(plot.height / 36)));
    const top = Math.ceil(highest / step) * step || (lowest < 0 ? 0 : step);
    const bottom = Math.floor(lowest / step) * step;
    const y = value => TOP + ((top - value) / (top - bottom) * plot.height);
    const slot = plot.width / Math.max(bars.length, 1);
    const gap = slot > 5 ? Math.min(2, slot * 0.25) : slot > 2.5 ? 0.6 : 0;

    const nodes = [];
    for (let value = bottom; value <= top + (step / 2); value += step) {
      nodes.push(svg('line', { class: Math.abs(value) < step / 2 ? 'zero' : 'grid', x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }));
      nodes.push(svg('text', { class: 'tick', x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, number(value, step >= 1 ? 0 : step >= 0.1 ? 1 : 2)));
    }
    nodes.push(svg('text', { class: 'tick', x: LEFT - 6, y: 10, 'text-anchor': 'end' }, options.unit));
    let lastTick = -100;
    bars.forEach((bar, i) => {
      const x = LEFT + (i * slot);
      if (bar.up === null && bar.down === null && !bar.isToCome) {
        nodes.push(svg('rect', { class: 'none', x, y: y(0) - 2, width: Math.max(slot - gap, 0.5), height: 4 }));
      }
      if (bar.up > 0) {
        nodes.push(svg('rect', { class: 'up', x, y: y(bar.up), width: Math.max(slot - gap, 0.5), height: Math.max(y(0) - y(bar.up), 0.75) }));
      }
      if (bar.down > 0) {
        nodes.push(svg('rect', { class: 'down', x, y: y(0), width: Math.max(slot - gap, 0.5), height: Math.max(y(-bar.down) - y(0), 0.75) }));
      }
      if (bar.tick && x - lastTick > 44 && x < width - 30) {
        lastTick = x;
        nodes.push(svg('text', { class: 'tick', x, y: height - 6 }, bar.tick));
      }
    });
    if (picked >= 0 && picked < bars.length) {
      nodes.push(svg('rect', { class: 'picked', x: LEFT + (picked * slot) - 0.5, y: TOP, width: Math.max(slot, 1.5), height: plot.height }));
    }
    picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    picture.setAttribute('width', width);
    picture.setAttribute('height', height);
    picture.replaceChildren(...nodes);
    picture.setAttribute('aria-valuemax', Math.max(bars.length - 1, 0));
    picture.setAttribute('aria-valuenow', Math.max(picked, 0));
    picture.setAttribute('aria-valuetext', textOf(bars[picked]));
    readout.textContent = textOf(bars[picked]);
  }

  function newest() {
    return bars.findLastIndex(bar => !bar.isToCome);
  }

  function pick(index) {
    const next = Math.min(Math.max(index, 0), newest());
    isFollowing = next === newest();
    if (next !== picked && next >= 0) {
      picked = next;
      draw();
      options.onPick?.(picked);
    }
  }

  picture.addEventListener('keydown', event => {
    const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10 };
    if (event.key in moves) {
      pick(picked + moves[event.key]);
    } else if (event.key === 'Home' || event.key === 'End') {
      pick(event.key === 'Home' ? 0 : newest());
    } else {
      return;
    }
    event.preventDefault();
  });

  function pickAt(event) {
    const bounds = picture.getBoundingClientRect();
    const across = event.clientX - bounds.left;
    pick(Math.floor((across - LEFT) / ((bounds.width - LEFT - RIGHT) / Math.max(bars.length, 1))));
  }

  picture.addEventListener('pointerdown', pickAt);
  if (!options.onPick) {
    picture.addEventListener('pointermove', pickAt);
    picture.addEventListener('pointerleave', () => pick(newest()));
  }
  new ResizeObserver(draw).observe(container);

  return {
    /** Shows other bars; who looked at the newest one looks at the newest one. */
    show(next) {
      bars = next;
      if (isFollowing || picked >= bars.length) {
        const before = picked;
        picked = newest();
        if (before === -1 && picked >= 0) {
          options.onPick?.(picked);
        }
      }
      draw();
    },
    get picked() {
      return picked;
    },
  };
}

/** A line of the last values: power as it is read.
 * @param {HTMLElement} container takes it */
export function sparkLine(container, label) {
  const MOST = 180;
  const HEIGHT = 64;
  const values = [];
  const picture = svg('svg', { role: 'img', 'aria-label': label, height: HEIGHT });
  container.replaceChildren(picture);

  function draw() {
    const width = Math.max(container.clientWidth, 200);
    const known = values.filter(value => value !== null);
    const high = Math.max(...known, 1);
    const low = Math.min(...known, 0);
    const y = value => 4 + ((high - value) / (high - low) * (HEIGHT - 8));
    const x = i => 4 + (i * (width - 8) / (MOST - 1));
    let path = '';
    values.forEach((value, i) => {
      path += value === null ? '' : `${i === 0 || values[i - 1] === null ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    });
    picture.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    picture.setAttribute('width', width);
    const last = values.at(-1);
    picture.replaceChildren(
      svg('line', { class: 'zero', x1: 4, x2: width - 4, y1: y(0), y2: y(0) }),
      svg('path', { class: 'spark', d: path }),
      ...(typeof last === 'number' ? [svg('circle', { class: 'now', cx: x(values.length - 1), cy: y(last), r: 3 })] : []));
  }

  new ResizeObserver(draw).observe(container);
  return {
    add(value) {
      values.push(value);
      if (values.length > MOST) {
        values.shift();
      }
      draw();
    },
    clear() {
      values.length = 0;
      draw();
    },
  };
}
