// The studio: boroughs are moved on the map and the form is sent as it changes. The server computes everything; the address is the state.
import { Marker } from '/lib/maplibre/maplibre-gl.mjs';

const desk = document.getElementById('studio-desk');
const says = document.getElementById('studio-says');
let asking = null;
let drawn = null;
let chosen = null;
let markers = [];

const read = () => JSON.parse(document.getElementById('studio-frame').textContent);
let frame = desk ? read() : null;

if (desk) {
  desk.addEventListener('change', event => { if (event.target.form?.id === 'studio') send(); });
  desk.addEventListener('submit', event => { if (event.target.id === 'studio') { event.preventDefault(); send(); } });
  desk.addEventListener('click', event => {
    const link = event.target.closest('a[data-studio]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      // A link belongs to the state it was drawn for, and an answer about another one is on its way.
      if (!desk.hasAttribute('aria-busy')) ask(new URL(link.href).searchParams, true);
    }
    if (event.target.id === 'studio-undo') history.back();
  });
  addEventListener('popstate', () => ask(new URLSearchParams(location.search), false));
}

document.addEventListener('pf-map-drawn', event => {
  if (event.target.id !== 'studio-map') return;
  drawn = event.detail;
  mark();
  moveByPointer(drawn.map);
});

function send(change) {
  const data = new FormData(document.getElementById('studio'));
  if (change) change(data);
  const query = new URLSearchParams();
  for (const [name, value] of data) {
    // A list that moves nothing need not be said.
    const own = name.startsWith('b-') ? document.getElementById(name)?.dataset.own : null;
    if (own === null || own !== value) query.append(name, value);
  }
  ask(query, true);
}

async function ask(query, push) {
  asking?.abort();
  asking = new AbortController();
  query.set('desk', '1');
  desk.setAttribute('aria-busy', 'true');
  const begun = performance.now();
  try {
    const answer = await fetch('/studio?' + query, { signal: asking.signal, credentials: 'same-origin' });
    const text = await answer.text();
    if (!answer.ok) {
      const page = new DOMParser().parseFromString(text, 'text/html');
      const problems = page.querySelector('main')?.innerText.trim() ?? 'The studio could not answer.';
      says.textContent = problems;
      refuse(page);
      return;
    }
    replace(text);
    if (push) history.pushState(null, '', '/studio?' + frame.query);
    says.textContent = document.getElementById('studio-headline').textContent;
    document.title = 'Studio: ' + says.textContent + ' – Pathfinder';
    desk.dataset.answered = Math.round(performance.now() - begun);
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  } finally {
    desk.removeAttribute('aria-busy');
  }
}

function refuse(page) {
  desk.querySelector('.pf-studio__refused')?.remove();
  const box = document.createElement('div');
  box.className = 'pf-studio__refused govuk-error-summary';
  const list = page.querySelector('.govuk-error-summary__body') ?? page.querySelector('main');
  if (list) box.append(document.importNode(list, true));
  desk.prepend(box);
}

function replace(html) {
  const focus = document.activeElement?.id;
  const open = [...desk.querySelectorAll('details[open][id]')].map(details => details.id);
  desk.innerHTML = html;
  open.forEach(id => { const details = document.getElementById(id); if (details) details.open = true; });
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  frame = read();
  choose(null);
  drawn?.replace(frame.frame);
  mark();
}

function mark() {
  if (!drawn) return;
  markers.forEach(marker => marker.remove());
  markers = frame.markers.map(unit => {
    const box = document.createElement('div');
    box.className = 'pf-studio-marker';
    const head = document.createElement('div');
    head.className = 'pf-studio-marker__head';
    const code = document.createElement('b');
    code.textContent = unit.code;
    const lock = document.createElement('button');
    lock.type = 'button';
    lock.setAttribute('aria-pressed', unit.kept);
    lock.setAttribute('aria-label', `Keep ${unit.code} as it is`);
    lock.append(padlock(unit.kept));
    lock.addEventListener('click', event => {
      event.stopPropagation();
      const tick = document.getElementById('lock-' + unit.code);
      tick.checked = !tick.checked;
      send();
    });
    head.append(code, lock);
    box.append(head, ...unit.lines.filter(Boolean).map(line => Object.assign(document.createElement('div'), { textContent: line })));
    return new Marker({ element: box }).setLngLat([unit.longitude, unit.latitude]).addTo(drawn.map);
  });
}

function padlock(closed) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', closed ? 'M3 7h1V5a4 4 0 0 1 8 0v2h1v8H3zM6 7h4V5a2 2 0 0 0-4 0z' : 'M3 7h1V5a4 4 0 0 1 7.6-1.7l-1.8.9A2 2 0 0 0 6 5v2h7v8H3zM4.5 8.5v5h7v-5z');
  path.setAttribute('fill-rule', 'evenodd');
  path.setAttribute('fill', closed ? '#0b0c0c' : '#6f777b');
  svg.append(path);
  return svg;
}

function choose(code) {
  if (!drawn) return;
  if (chosen) drawn.map.setFeatureState({ source: 'areas', id: chosen }, { chosen: false });
  chosen = code;
  if (code) drawn.map.setFeatureState({ source: 'areas', id: code }, { chosen: true });
}

function move(code, unit) {
  choose(null);
  send(data => data.set('b-' + code, unit));
}

// Press on a borough and let go over another unit, or choose a borough by a click and then click on the unit.
function moveByPointer(map) {
  let held = null;
  const at = point => map.queryRenderedFeatures(point, { layers: ['fill'] })[0]?.properties.code;
  map.on('mousedown', 'fill', event => {
    const code = event.features[0].properties.code;
    if (event.originalEvent.button !== 0 || !frame.unitOf[code]) return;
    event.preventDefault();
    held = { code, from: event.point };
    map.getCanvas().classList.add('pf-studio-drag');
  });
  map.on('mouseup', event => {
    if (!held) return;
    const { code, from } = held;
    held = null;
    map.getCanvas().classList.remove('pf-studio-drag');
    const over = at(event.point);
    const far = Math.hypot(event.point.x - from.x, event.point.y - from.y) > 6;
    if (far && over && over !== code) {
      if (frame.unitOf[over] && frame.unitOf[over] !== frame.unitOf[code]) move(code, frame.unitOf[over]);
      return;
    }
    if (!over) return;
    if (chosen && frame.unitOf[over] && frame.unitOf[over] !== frame.unitOf[chosen]) move(chosen, frame.unitOf[over]);
    else choose(chosen === over ? null : over);
  });
  map.on('touchend', event => {
    const over = at(event.point);
    if (!over || !frame.unitOf[over]) return;
    if (chosen && frame.unitOf[over] !== frame.unitOf[chosen]) move(chosen, frame.unitOf[over]);
    else choose(chosen === over ? null : over);
  });
}
