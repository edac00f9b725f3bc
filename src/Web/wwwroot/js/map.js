// Draws every .pf-map on the page from the JSON beside it. Colours, tips and labels are computed on the server.
import { Map as MapLibre, Marker, NavigationControl, Popup } from '/lib/maplibre/maplibre-gl.mjs';

for (const element of document.querySelectorAll('.pf-map')) {
  draw(element).catch(error => {
    console.error(error);
    element.querySelector('.pf-map__canvas').dataset.waiting = 'The map could not be drawn here. The table on this page holds the same facts.';
  });
}

async function draw(element) {
  const view = JSON.parse(element.querySelector('script[type="application/json"]').textContent);
  const canvas = element.querySelector('.pf-map__canvas');
  canvas.dataset.waiting = 'Drawing the map…';
  const [areas, outlines] = await Promise.all([load(view.layer), view.outlines ? load(view.outlines) : null]);
  const [west, south, east, north] = view.bounds;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = new MapLibre({
    container: canvas,
    style: { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#f4f6f8' } }] },
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 18 },
    attributionControl: false, // the copyright line stands below the map, where it hides nothing
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: true,
    fadeDuration: calm ? 0 : 150,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  await new Promise(resolve => map.once('load', resolve));

  map.addSource('areas', { type: 'geojson', data: areas, promoteId: 'code' });
  map.addSource('units', { type: 'geojson', data: empty() });
  map.addLayer({ id: 'fill', type: 'fill', source: 'areas', paint: { 'fill-color': '#dfe3e8', 'fill-opacity': 0.78 } });
  map.addLayer({ id: 'line', type: 'line', source: 'areas', paint: { 'line-color': '#ffffff', 'line-width': view.outlines ? 0.3 : 1 } });
  if (outlines) {
    map.addSource('outlines', { type: 'geojson', data: outlines });
    map.addLayer({ id: 'outlines', type: 'line', source: 'outlines', paint: { 'line-color': '#383f43', 'line-width': 0.9 } });
  }
  map.addLayer({ id: 'units', type: 'line', source: 'units', paint: { 'line-color': '#0b0c0c', 'line-width': 2 }, layout: { 'line-join': 'round' } });
  map.addLayer({
    id: 'chosen', type: 'line', source: 'areas',
    paint: { 'line-color': '#0b0c0c', 'line-width': ['case', ['boolean', ['feature-state', 'chosen'], false], 4, 0] },
  });
  map.addLayer({
    id: 'hover', type: 'line', source: 'areas',
    paint: { 'line-color': '#0b0c0c', 'line-width': ['case', ['boolean', ['feature-state', 'hover'], false], 2.5, 0] },
  });

  for (const pin of view.pins ?? []) {
    const dot = document.createElement('div');
    dot.className = 'pf-map__pin';
    dot.title = pin.text;
    new Marker({ element: dot }).setLngLat([pin.longitude, pin.latitude]).addTo(map);
  }

  const borders = view.outlines ? null : sharedBorders(areas);
  let markers = [];
  let shown = view.first;
  const show = index => {
    shown = index;
    const frame = view.frames[index];
    const fills = Object.entries(frame.fill);
    map.setPaintProperty('fill', 'fill-color', fills.length ? ['match', ['get', 'code'], ...fills.flat(), '#ffffff'] : '#dfe3e8');
    map.getSource('units').setData(borders ? unitBorders(borders, frame.group) : empty());
    markers.forEach(marker => marker.remove());
    markers = frame.labels.map(label => {
      const text = document.createElement('div');
      text.className = label.quiet ? 'pf-map__label pf-map__label--quiet' : 'pf-map__label';
      text.textContent = label.text;
      return new Marker({ element: text }).setLngLat([label.longitude, label.latitude]).addTo(map);
    });
  };
  show(view.first);

  tips(map, view, () => view.frames[shown]);
  slider(element, view, show);
  if (view.selectName) {
    choose(map, view.selectName);
  } else if (view.areaHref) {
    map.on('click', 'fill', event => { location.href = view.areaHref.replace('{code}', encodeURIComponent(event.features[0].properties.code)); });
  }

  // A page whose map changes in place listens for this and replaces the frame.
  element.dispatchEvent(new CustomEvent('pf-map-drawn', { bubbles: true, detail: { map, areas, replace: frame => { view.frames[shown] = frame; show(shown); } } }));
  // Other scripts of the page may draw on it too.
  element.map = map;
  element.dispatchEvent(new CustomEvent('pf-map'));
  map.once('idle', () => { element.dataset.drawn = 'true'; });
}

async function load(address) {
  const answer = await fetch(address, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function empty() {
  return { type: 'FeatureCollection', features: [] };
}

function tips(map, view, frame) {
  const popup = new Popup({ closeButton: false, closeOnClick: false, maxWidth: '300px' });
  let hovered = null;
  const hover = code => {
    if (hovered !== null) map.setFeatureState({ source: 'areas', id: hovered }, { hover: false });
    hovered = code;
    if (code !== null) map.setFeatureState({ source: 'areas', id: code }, { hover: true });
  };
  map.on('mousemove', 'fill', event => {
    const code = event.features[0].properties.code;
    map.getCanvas().style.cursor = view.selectName || view.areaHref ? 'pointer' : '';
    if (code !== hovered) {
      hover(code);
      const lines = frame().tip[code] ?? [event.features[0].properties.name ?? code];
      const tip = document.createElement('div');
      tip.className = 'pf-map__tip';
      lines.forEach((line, i) => {
        const row = document.createElement(i === 0 ? 'b' : 'div');
        row.textContent = line;
        tip.append(row);
      });
      popup.setDOMContent(tip);
    }
    popup.setLngLat(event.lngLat).addTo(map);
  });
  map.on('mouseleave', 'fill', () => { hover(null); popup.remove(); map.getCanvas().style.cursor = ''; });
}

function slider(element, view, show) {
  const range = element.querySelector('input[type="range"]');
  if (!range) return;
  const output = element.querySelector('output');
  const follow = element.querySelector('.pf-map__follow');
  const note = element.querySelector('.pf-map__note');
  const move = () => {
    const frame = view.frames[range.value];
    output.textContent = frame.label;
    range.setAttribute('aria-valuetext', frame.label);
    show(Number(range.value));
    if (follow) {
      note.hidden = Number(range.value) === view.first;
      note.querySelector('.pf-map__shown').textContent = frame.label;
      follow.href = view.dateHref.replace('{date}', frame.key);
    }
  };
  range.addEventListener('input', move);
  range.setAttribute('aria-valuetext', view.frames[range.value].label);
}

function choose(map, name) {
  const boxes = [...document.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`)];
  const paint = () => boxes.forEach(box => map.setFeatureState({ source: 'areas', id: box.value }, { chosen: box.checked }));
  boxes.forEach(box => box.addEventListener('change', paint));
  map.on('click', 'fill', event => {
    const box = boxes.find(b => b.value === event.features[0].properties.code);
    if (!box || box.disabled) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event('change', { bubbles: true }));
  });
  paint();
}

// Every edge of the polygons with the codes of the areas on its sides: an edge between two units is a unit's border.
function sharedBorders(areas) {
  const edges = new Map();
  for (const feature of areas.features) {
    const polygons = feature.geometry.type === 'Polygon' ? [feature.geometry.coordinates] : feature.geometry.coordinates;
    for (const ring of polygons.flat()) {
      for (let i = 1; i < ring.length; i++) {
        const a = ring[i - 1];
        const b = ring[i];
        const key = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? `${a};${b}` : `${b};${a}`;
        const edge = edges.get(key);
        if (edge) edge.codes.push(feature.properties.code);
        else edges.set(key, { line: [a, b], codes: [feature.properties.code] });
      }
    }
  }
  const all = [...edges.values()];
  const shared = all.filter(edge => edge.codes.length > 1);
  // Polygons simplified one by one share few edges; then a border drawn from edges would be wrong, and none is drawn.
  return shared.length * 4 > all.length ? shared : null;
}

function unitBorders(edges, group) {
  const lines = edges.filter(edge => new Set(edge.codes.map(code => group[code] ?? '')).size > 1).map(edge => edge.line);
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines } };
}
