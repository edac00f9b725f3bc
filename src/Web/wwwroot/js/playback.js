// Plays an hour of a run on the map of the page. Nothing moves until the reader asks for it; the tables hold the same facts.
const panel = document.getElementById('playback');
const element = document.getElementById('playback-map');
const clock = document.getElementById('playback-clock');
const button = document.getElementById('playback-play');
const speed = document.getElementById('playback-speed');
const range = document.getElementById('playback-time');

const unitList = document.getElementById('playback-units');
const waitingList = document.getElementById('playback-waiting');
const mostListed = 8;

const kinds = [
  { name: 'Free', colour: '#1d70b8', states: ['available'] },
  { name: 'On the way', colour: '#f47738', states: ['travelling'] },
  { name: 'At a scene', colour: '#d4351c', states: ['atScene'] },
  { name: 'Custody or case work', colour: '#4c2c92', states: ['custody', 'caseWork'] },
  { name: 'Guard, meal, briefing, other', colour: '#505a5f', states: [] },
];
const kindOf = new Map(kinds.flatMap(kind => kind.states.map(state => [state, kind])));
const other = kinds[kinds.length - 1];

if (panel && element) {
  begin().catch(error => {
    console.error(error);
    clock.textContent = 'The hour could not be loaded. The tables below hold the same facts.';
  });
}

async function begin() {
  const [hour, map] = await Promise.all([load(panel.dataset.source), drawn()]);
  const zones = new Map(hour.zones.map(zone => [zone.code, [zone.longitude, zone.latitude]]));
  const units = index(hour.shown);
  map.addSource('play-incidents', { type: 'geojson', data: collection([]) });
  map.addSource('play-units', { type: 'geojson', data: collection([]) });
  map.addLayer({
    id: 'play-incidents', type: 'circle', source: 'play-incidents',
    paint: { 'circle-radius': 9, 'circle-color': ['case', ['get', 'reached'], 'rgba(0,0,0,0)', '#ffdd00'], 'circle-stroke-color': '#0b0c0c', 'circle-stroke-width': 1.5 },
  });
  map.addLayer({
    id: 'play-units', type: 'circle', source: 'play-units',
    paint: { 'circle-radius': 4, 'circle-color': ['get', 'colour'], 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 1 },
  });
  range.max = hour.shown.seconds;
  const start = new Date(`${hour.shown.from}Z`);
  let at = 0;
  let playing = false;
  let last = 0;

  let told = -1;
  const show = () => {
    const points = [];
    const count = new Map(kinds.map(kind => [kind, 0]));
    for (const unit of units.values()) {
      const state = lastAt(unit.states, at, 'at');
      if (!state || state.state === 'offDuty') continue;
      const kind = kindOf.get(state.state) ?? other;
      count.set(kind, count.get(kind) + 1);
      const place = position(lastAt(unit.legs, at, 'start'), zones, at);
      if (place) points.push(point(place, { colour: kind.colour }));
    }
    const open = hour.shown.incidents.filter(each => each.created <= at && (each.closed === null || each.closed > at));
    map.getSource('play-units').setData(collection(points));
    map.getSource('play-incidents').setData(collection(open.filter(each => zones.has(each.zone)).map(each => point(zones.get(each.zone), { reached: each.attended !== null && each.attended <= at }))));
    const waiting = lastAt(hour.shown.queue, at, 'at')?.waiting ?? 0;
    const time = new Date(start.getTime() + at * 1000).toISOString().slice(11, 19);
    const free = count.get(kinds[0]);
    const onDuty = [...count.values()].reduce((sum, each) => sum + each, 0);
    clock.textContent = `${time} · ${open.length} incidents open, ${waiting} waiting for a unit · ${free} units free, ${onDuty - free} busy`;
    // The lists change with the minute, so that they can be read while the hour plays.
    const minute = Math.floor(at / 60);
    if (minute !== told) {
      told = minute;
      count.forEach((each, kind) => { kind.shown.textContent = each; });
      tell(open.filter(each => each.attended === null || each.attended > at).sort((a, b) => a.created - b.created), at);
    }
    range.value = Math.round(at);
    range.setAttribute('aria-valuetext', time);
  };
  const step = now => {
    if (!playing) return;
    if (now - last >= 50) {
      at = Math.min(hour.shown.seconds, at + ((now - last) / 1000) * Number(speed.value));
      last = now;
      show();
    }
    if (at >= hour.shown.seconds) {
      pause();
    } else {
      requestAnimationFrame(step);
    }
  };
  const pause = () => {
    playing = false;
    button.textContent = 'Play';
    clock.setAttribute('aria-live', 'polite');
  };
  button.addEventListener('click', () => {
    if (playing) {
      pause();
      return;
    }
    if (at >= hour.shown.seconds) at = 0;
    playing = true;
    button.textContent = 'Pause';
    clock.setAttribute('aria-live', 'off');
    last = performance.now();
    requestAnimationFrame(step);
  });
  range.addEventListener('input', () => { at = Number(range.value); told = -1; show(); });
  button.disabled = false;
  legend();
  show();
  panel.dataset.ready = 'true';
}

function legend() {
  for (const kind of kinds) {
    const word = document.createElement('dt');
    const dot = document.createElement('span');
    dot.className = 'pf-playback-dot';
    dot.style.backgroundColor = kind.colour;
    word.append(dot, kind.name);
    kind.shown = document.createElement('dd');
    unitList.append(word, kind.shown);
  }
}

// Those not yet reached, longest first: with the controllers, the channel or an inspector, waiting for a unit, or a unit on its way.
function tell(unreached, at) {
  document.getElementById('playback-queue-heading').textContent = unreached.length === 0 ? 'Every open incident is reached' : `Not yet reached: ${unreached.length}, longest first`;
  const [path, query] = panel.dataset.story.split('?');
  waitingList.replaceChildren(...unreached.slice(0, mostListed).map(each => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.className = 'govuk-link';
    link.href = `${path}${each.number}?${query}`;
    link.textContent = `${each.grade}, incident ${each.number}`;
    item.append(link, `: ${Math.floor((at - each.created) / 60)} minutes`);
    return item;
  }));
  if (unreached.length > mostListed) {
    const item = document.createElement('li');
    item.textContent = `and ${unreached.length - mostListed} more`;
    waitingList.append(item);
  }
}

async function load(address) {
  const answer = await fetch(address, { credentials: 'same-origin', headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// The map says when it is there; it may be so already.
function drawn() {
  return element.map ? Promise.resolve(element.map) : new Promise(resolve => element.addEventListener('pf-map', () => resolve(element.map), { once: true }));
}

function index(shown) {
  const units = new Map();
  const of = unit => {
    if (!units.has(unit)) units.set(unit, { legs: [], states: [] });
    return units.get(unit);
  };
  shown.legs.forEach(leg => of(leg.unit).legs.push(leg));
  shown.states.forEach(state => of(state.unit).states.push(state));
  return units;
}

function lastAt(list, at, name) {
  let found = null;
  for (const each of list) {
    if (each[name] > at) break;
    found = each;
  }
  return found;
}

function position(leg, zones, at) {
  if (!leg) return null;
  const [from, to] = [zones.get(leg.from), zones.get(leg.to)];
  if (!from || !to) return to ?? from ?? null;
  const share = leg.end > leg.start ? Math.min(1, Math.max(0, (at - leg.start) / (leg.end - leg.start))) : 1;
  return [from[0] + ((to[0] - from[0]) * share), from[1] + ((to[1] - from[1]) * share)];
}

function point(coordinates, properties) {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates } };
}

function collection(features) {
  return { type: 'FeatureCollection', features };
}
