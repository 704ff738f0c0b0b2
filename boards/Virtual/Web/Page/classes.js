// Which properties the unit's objects have and how their values are written: the device object specification, Release R.
// Their names are in the table of texts, under property.CLASS.EPC; tests/Web holds both to the firmware's own tables.

const every = {
  '80': 'onOff', '81': 'location', '82': 'version', '83': 'octets', '88': 'fault', '89': 'u16', '8A': 'octets', '8C': 'ascii',
  '8D': 'ascii', '97': 'time', '98': 'date', '9D': 'map', '9E': 'map', '9F': 'map',
};

const highCommon = {
  C4: 'u8', C5: 'unit', C6: 'dayDemand', C7: 'unit', CC: 'u8', CD: 'unit', CE: 'dayReactive', D3: 'u32', D4: 'multiplier',
  E0: 'u8', E1: 'dayChosen', E5: 'u8', E6: 'unit', E7: 'day',
};

export const classes = {
  '0EF0': { ...every, '82': 'formatVersion', D3: 'u24', D4: 'u16', D5: 'objects', D6: 'objects', D7: 'classes' },
  '0288': {
    ...every, C0: 'octets', D0: 'timedTwoEnergies', D3: 'u32', D7: 'u8', E0: 'energy', E1: 'unit', E2: 'day', E3: 'energy',
    E4: 'day', E5: 'dayChosen', E7: 'power', E8: 'currents', EA: 'timedEnergy', EB: 'timedEnergy', EC: 'halfHours',
    ED: 'rowsChosen', EE: 'minutes', EF: 'rowsChosen',
  },
  '028A': {
    ...every, ...highCommon, C1: 'demand', C2: 'u32', C3: 'timedDemand', CA: 'timedReactive', CB: 'timedReactive',
    E2: 'timedEnergy', E3: 'timedEnergy', E4: 'timedEnergy',
  },
  '028F': {
    ...every, ...highCommon, C0: 'octets', C1: 'twoDemands', C2: 'twoU32', C3: 'timedTwoDemands', C8: 'dayDemand',
    CA: 'timedTwoReactives', CB: 'timedTwoReactives', CF: 'dayReactive', D0: 'timedTwoEnergies', D1: 'timedTwoReactives',
    D5: 'timedTwoReactives', D6: 'timedTwoReactives', E2: 'timedTwoEnergies', E3: 'timedTwoEnergies', E4: 'timedTwoEnergies',
    E8: 'day', EA: 'power', EB: 'currents', ED: 'minutes', EE: 'reactiveMinutes', EF: 'rowsChosen',
  },
};

export const services = {
  '50': 'SetI_SNA', '51': 'SetC_SNA', '52': 'Get_SNA', '53': 'INF_SNA', '5E': 'SetGet_SNA', '60': 'SetI', '61': 'SetC',
  '62': 'Get', '63': 'INF_REQ', '6E': 'SetGet', '71': 'Set_Res', '72': 'Get_Res', '73': 'INF', '74': 'INFC', '7A': 'INFC_Res',
  '7E': 'SetGet_Res',
};
