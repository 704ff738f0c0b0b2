// Takes an ECHONET Lite frame apart, byte by byte (specification part II, chapter 3).

import { classes, services } from './classes.js';
import { t, has, number } from './texts.js';

const NO_ENERGY = 0xFFFFFFFE;
const NO_POWER = 0x7FFFFFFE;
const NO_CURRENT = 0x7FFE;
const UNITS = { 0: 1, 1: 0.1, 2: 0.01, 3: 0.001, 4: 0.0001, 10: 10, 11: 100, 12: 1000, 13: 10000 };

export function bytesOf(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], pair => parseInt(pair, 16));
}

export function hex(bytes) {
  return Array.from(bytes, byte => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

function code(bytes) {
  return hex(bytes).replaceAll(' ', '');
}

function unsigned(bytes) {
  return bytes.reduce((value, byte) => (value * 256) + byte, 0);
}

function signed(bytes) {
  const value = unsigned(bytes);
  const range = 256 ** bytes.length;
  return value >= range / 2 ? value - range : value;
}

function classOf(object) {
  return code(object.subarray(0, 2));
}

/** An object in words: its code and what it is. */
export function objectName(object) {
  const name = classOf(object);
  return `${code(object)} ${has(`class.${name}`) ? t(`class.${name}`) : t('class.other')}`;
}

/** A property in words, its code apart. */
export function propertyName(ofClass, epc) {
  const own = `property.${ofClass}.${epc}`;
  const common = `property.${epc}`;
  return has(own) ? t(own) : has(common) ? t(common) : t('property.unknown');
}

function dateTime(bytes) {
  const year = unsigned(bytes.subarray(0, 2));
  if (year <= 1 || year === 0xFFFF) {
    return t('noTime');
  }
  const two = Array.from(bytes.subarray(2), byte => String(byte).padStart(2, '0'));
  return `${year}-${two[0]}-${two[1]}${two.length > 2 ? ` ${two.slice(2).join(':')}` : ''}`;
}

function amount(bytes, step, unit) {
  const value = unsigned(bytes);
  return value === NO_ENERGY ? t('noData') : step > 0 ? `${number(value * step, digitsOf(step))} ${unit}` : number(value, 0);
}

function digitsOf(step) {
  return step >= 1 ? 0 : Math.min(8, Math.round(-Math.log10(step) + 0.499));
}

function current(bytes) {
  const value = signed(bytes);
  return value === NO_CURRENT ? t('noData') : `${number(value / 10, 1)} A`;
}

function four(bytes, index) {
  return bytes.subarray(index * 4, (index * 4) + 4);
}

function pair(bytes, step, unit) {
  return `${t('normal')} ${amount(four(bytes, 0), step, unit)}, ${t('reverse')} ${amount(four(bytes, 1), step, unit)}`;
}

function daySeries(bytes, step, unit) {
  const values = Array.from({ length: (bytes.length - 2) / 4 }, (_, i) => bytes.subarray(2 + (i * 4), 6 + (i * 4)));
  const known = values.filter(value => unsigned(value) !== NO_ENERGY);
  const ends = known.length === 0 ? '' : `: ${amount(known[0], step, unit)} … ${amount(known.at(-1), step, unit)}`;
  return t('daySeries', { back: unsigned(bytes.subarray(0, 2)), known: known.length, all: values.length }) + ends;
}

function rows(bytes, step, unit) {
  const first = bytes.subarray(7, 15);
  return t('rows', { time: dateTime(bytes.subarray(0, 6)), count: bytes[6] })
    + (first.length === 8 ? `: ${pair(first, step, unit)}${bytes[6] > 1 ? ' …' : ''}` : '');
}

function list(bytes, size) {
  const items = [];
  for (let at = 1; at + size <= bytes.length; at += size) {
    items.push(bytes.subarray(at, at + size));
  }
  return items;
}

// Fewer than 16 codes are listed; 16 and more are bits, lowest nibble by byte, highest by bit.
function map(bytes) {
  if (bytes.length !== 17) {
    return Array.from(bytes.subarray(1), byte => hex([byte]));
  }
  const codes = [];
  for (let high = 8; high < 16; high++) {
    for (let low = 0; low < 16; low++) {
      if (bytes[1 + low] & (1 << (high - 8))) {
        codes.push(hex([(high * 16) + low]));
      }
    }
  }
  return codes;
}

const LENGTHS = {
  onOff: 1, fault: 1, u8: 1, unit: 1, multiplier: 1, dayChosen: 1, u16: 2, time: 2, u24: 3, u32: 4, version: 4, date: 4,
  formatVersion: 4, energy: 4, power: 4, demand: 4, twoU32: 8, twoDemands: 8, timedEnergy: 11, timedDemand: 11,
  timedReactive: 11, timedTwoEnergies: 15, timedTwoDemands: 15, timedTwoReactives: 15, rowsChosen: 7,
};

/** A value in words; null where it says no more than its bytes.
 * @param {{step: number, demandStep: number, reactiveStep: number}} scale steps of the registers */
export function valueText(kind, bytes, scale) {
  if (LENGTHS[kind] !== undefined && LENGTHS[kind] !== bytes.length) {
    return t('oddLength');
  }
  const rest = bytes.subarray(7);
  switch (kind) {
    case 'onOff': return t(bytes[0] === 0x30 ? 'on' : 'off');
    case 'fault': return t(bytes[0] === 0x41 ? 'fault' : 'noFault');
    case 'location': return t(bytes[0] === 0 ? 'locationUnset' : 'location', { code: hex(bytes.subarray(0, 1)) });
    case 'version': return t('release', { release: String.fromCharCode(bytes[2]), revision: bytes[3] });
    case 'formatVersion': return `${bytes[0]}.${bytes[1]}`;
    case 'ascii': return String.fromCharCode(...bytes.filter(byte => byte > 0x1F && byte < 0x7F));
    case 'time': return Array.from(bytes, byte => String(byte).padStart(2, '0')).join(':');
    case 'date': return dateTime(bytes);
    case 'map': return `${bytes[0]}: ${map(bytes).join(' ')}`;
    case 'objects': return `${bytes[0]}: ${list(bytes, 3).map(objectName).join(', ')}`;
    case 'classes': return `${bytes[0]}: ${list(bytes, 2).map(objectName).join(', ')}`;
    case 'u8': case 'u16': case 'u24': case 'u32': return number(unsigned(bytes), 0);
    case 'twoU32': return pair(bytes, 0, '');
    case 'unit': return UNITS[bytes[0]] === undefined ? t('noData') : `× ${number(UNITS[bytes[0]], digitsOf(UNITS[bytes[0]]))}`;
    case 'multiplier': return `× 10^−${bytes[0]}`;
    case 'dayChosen': return bytes[0] === 0xFF ? t('noDayChosen') : t('daysBack', { days: bytes[0] });
    case 'energy': return amount(bytes, scale.step, 'kWh');
    case 'demand': return amount(bytes, scale.demandStep, 'kW');
    case 'power': return unsigned(bytes) === NO_POWER ? t('noData') : `${number(signed(bytes), 0)} W`;
    case 'currents': return bytes.length === 4
      ? `R ${current(bytes.subarray(0, 2))}, T ${current(bytes.subarray(2))}`
      : `R ${number(signed(four(bytes, 0)) / 10, 1)} A, T ${number(signed(four(bytes, 1)) / 10, 1)} A`;
    case 'timedEnergy': return `${dateTime(bytes.subarray(0, 7))}: ${amount(rest, scale.step, 'kWh')}`;
    case 'timedDemand': return `${dateTime(bytes.subarray(0, 7))}: ${amount(rest, scale.demandStep, 'kW')}`;
    case 'timedReactive': return `${dateTime(bytes.subarray(0, 7))}: ${amount(rest, scale.reactiveStep, 'kvarh')}`;
    case 'timedTwoEnergies': return `${dateTime(bytes.subarray(0, 7))}: ${pair(rest, scale.step, 'kWh')}`;
    case 'timedTwoDemands': return `${dateTime(bytes.subarray(0, 7))}: ${pair(rest, scale.demandStep, 'kW')}`;
    case 'timedTwoReactives': return `${dateTime(bytes.subarray(0, 7))}: ${pair(rest, scale.reactiveStep, 'kvarh')}`;
    case 'twoDemands': return pair(bytes, scale.demandStep, 'kW');
    case 'day': return daySeries(bytes, scale.step, 'kWh');
    case 'dayDemand': return daySeries(bytes, scale.demandStep, 'kW');
    case 'dayReactive': return daySeries(bytes, scale.reactiveStep, 'kvarh');
    case 'halfHours': case 'minutes': return rows(bytes, scale.step, 'kWh');
    case 'reactiveMinutes': return rows(bytes, scale.reactiveStep, 'kvarh');
    case 'rowsChosen': return t('rows', { time: dateTime(bytes.subarray(0, 6)), count: bytes[6] });
    default: return null;
  }
}

// Of whom the properties are: the object that is asked, or, of a response or a notification, the one that speaks.
function ownerOf(frame) {
  return [0x50, 0x70].includes(frame[10] & 0x70) ? frame.subarray(4, 7) : frame.subarray(7, 10);
}

function serviceName(esv) {
  const name = services[hex([esv])];
  return name === undefined ? t('service.unknown') : `${name}: ${t(`service.${name}`)}`;
}

/** Takes a frame apart.
 * @returns {{bytes: Uint8Array, field: string, text: string, level: number}[]} all of its bytes, in order */
export function decode(frame, scale) {
  const parts = [];
  let at = 0;
  function take(length, field, text, level = 0) {
    const bytes = frame.subarray(at, at + length);
    at += bytes.length;
    if (bytes.length > 0) {
      parts.push({ bytes, field, text: bytes.length < length ? t('cutShort') : text(bytes), level });
    }
    return bytes.length === length && at <= frame.length;
  }

  const isWhole = take(2, 'EHD', bytes => t(code(bytes) === '1081' ? 'ehd.1081' : code(bytes) === '1082' ? 'ehd.1082' : 'ehd.other'));
  if (isWhole && code(frame.subarray(0, 2)) === '1081'
    && take(2, 'TID', bytes => t('tid', { number: unsigned(bytes) }))
    && take(3, 'SEOJ', objectName) && take(3, 'DEOJ', objectName) && take(1, 'ESV', bytes => serviceName(bytes[0]))) {
    const owner = classOf(ownerOf(frame));
    const lists = [0x6E, 0x7E, 0x5E].includes(frame[10]) ? 2 : 1;
    for (let list = 0; list < lists && at < frame.length; list++) {
      const count = frame[at];
      take(1, 'OPC', () => t('opc', { count }));
      for (let i = 0; i < count && at < frame.length; i++) {
        const epc = hex([frame[at]]);
        const length = frame[at + 1];
        if (take(1, 'EPC', () => propertyName(owner, epc), 1) && take(1, 'PDC', () => t('pdc', { count: length }), 1) && length > 0) {
          take(length, 'EDT', bytes => valueText(classes[owner]?.[epc], bytes, scale) ?? '', 1);
        }
      }
    }
  }
  take(frame.length - at, '', () => t('trailing'));
  return parts;
}

/** A frame in one line: service, object, properties. */
export function summary(frame) {
  if (frame.length < 12 || code(frame.subarray(0, 2)) !== '1081') {
    return hex(frame.subarray(0, 12)) + (frame.length > 12 ? ' …' : '');
  }
  const owner = ownerOf(frame);
  const ofClass = classOf(owner);
  const names = [];
  let at = 11;
  const lists = [0x6E, 0x7E, 0x5E].includes(frame[10]) ? 2 : 1;
  for (let list = 0; list < lists && at < frame.length; list++) {
    const count = frame[at++];
    for (let i = 0; i < count && at < frame.length; i++) {
      const epc = hex([frame[at]]);
      names.push(`${epc} ${propertyName(ofClass, epc)}`);
      at += 2 + (frame[at + 1] ?? 0);
    }
  }
  const service = services[hex([frame[10]])] ?? hex([frame[10]]);
  const shown = names.slice(0, 4).join(', ') + (names.length > 4 ? `, ${t('more', { count: names.length })}` : '');
  return `${service} ${code(owner)}: ${shown}`;
}

export function serviceOf(frame) {
  return services[hex([frame[10] ?? 0])] ?? hex([frame[10] ?? 0]);
}
