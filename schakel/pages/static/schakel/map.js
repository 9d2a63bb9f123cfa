/* Maps with points. The library is fetched when a map comes into view; without it the page says why and what to read. */
"use strict";
(() => {
  const REGION = [[3.3, 50.6], [4.3, 51.1]];  // where a map starts that has neither points nor lines
  const PATIENCE = 12_000;  // milliseconds; after that the page says that the map is slow
  const EMPTY = { type: "FeatureCollection", features: [] };
  let library = null;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  function hasWebGL() {
    try {
      const canvas = document.createElement("canvas");
      return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
    } catch {
      return false;
    }
  }

  function fetchLibrary(box) {
    library ??= new Promise((resolve, reject) => {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = box.dataset.style;
      const script = document.createElement("script");
      script.src = box.dataset.script;
      script.onload = () => resolve(window.maplibregl);
      script.onerror = () => { library = null; reject(new Error("no library")); };
      document.head.append(style, script);
    });
    return library;
  }

  /* Status in words, over the map; an empty text takes it away. */
  function say(box, text) {
    let line = box.querySelector(".map-say");
    if (!line) {
      line = document.createElement("p");
      line.className = "map-say";
      line.setAttribute("role", "status");
      box.append(line);
    }
    line.textContent = text;
    line.hidden = !text;
  }

  function edges(features, pick) {
    let box = null;
    const grow = (spot) => {
      box ??= [[spot[0], spot[1]], [spot[0], spot[1]]];
      for (const axis of [0, 1]) {
        box[0][axis] = Math.min(box[0][axis], spot[axis]);
        box[1][axis] = Math.max(box[1][axis], spot[axis]);
      }
    };
    const walk = (part) => (typeof part[0] === "number" ? grow(part) : part.forEach(walk));
    features.filter(pick).forEach((feature) => walk(feature.geometry.coordinates));
    return box;
  }

  const paints = () => ({
    paper: { "background-color": colour("sheet") },
    areas: { "fill-color": colour("soft"), "fill-opacity": 0.45 },
    here: { "fill-color": colour("accent"), "fill-opacity": 0.16 },
    lines: { "line-color": colour("edge"), "line-width": 1, "line-opacity": 0.7 },
    spots: { "circle-radius": 1, "circle-opacity": 0 },
  });

  function styleOf(ground, points, here, counted) {
    const paint = paints();
    return {
      version: 8,
      sources: {
        ground: { type: "geojson", data: ground },
        points: { type: "geojson", data: points, cluster: !counted, clusterRadius: 44, clusterMaxZoom: 15 },
      },
      layers: [
        { id: "paper", type: "background", paint: paint.paper },
        { id: "areas", type: "fill", source: "ground", paint: paint.areas },
        { id: "here", type: "fill", source: "ground", filter: ["==", ["get", "key"], here], paint: paint.here },
        { id: "lines", type: "line", source: "ground", paint: paint.lines },
        { id: "spots", type: "circle", source: "points", paint: paint.spots },
      ],
    };
  }

  function button(kind, text, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = kind;
    made.textContent = text;
    made.addEventListener("click", (event) => {
      event.stopPropagation();  // a click on the map itself closes what this opens
      press(made);
    });
    return made;
  }

  /* The library gives every marker a name of its own; ours says what it is. */
  function place(gl, map, at, element, label) {
    const marker = new gl.Marker({ element }).setLngLat(at).addTo(map);
    if (label) element.setAttribute("aria-label", label);
    else element.removeAttribute("aria-label");
    return marker;
  }

  function entry(said) {
    const item = document.createElement("div");
    const link = document.createElement("a");
    link.href = said.href;
    link.textContent = said.name;
    item.append(link);
    for (const text of [said.about, said.precision]) {
      if (!text) continue;
      const line = document.createElement("span");
      line.textContent = text;
      item.append(line);
    }
    return item;
  }

  const open = new WeakMap();  // map -> the card that is open: one at a time

  function popup(gl, map, at, entries, opener, words) {
    open.get(map)?.remove();
    const body = document.createElement("div");
    body.className = "map-card";
    body.append(...entries);
    const card = new gl.Popup({ offset: 16, maxWidth: "18rem", focusAfterOpen: true }).setLngLat(at).setDOMContent(body).addTo(map);
    open.set(map, card);
    const element = card.getElement();
    element.setAttribute("role", "dialog");
    element.setAttribute("aria-label", words.title);
    element.addEventListener("keydown", (event) => { if (event.key === "Escape") card.remove(); });
    card.on("close", () => { if (opener.isConnected) opener.focus({ preventScroll: true }); });
  }

  function openCluster(gl, map, source, feature, opener, words) {
    const { cluster_id: id, point_count: count } = feature.properties;
    const at = feature.geometry.coordinates;
    source.getClusterExpansionZoom(id).then(async (zoom) => {
      if (zoom <= map.getMaxZoom() && zoom <= 15) {
        map.once("idle", () => {
          if (opener.isConnected) return;
          const near = [...map.getCanvasContainer().querySelectorAll("button")].find((one) => one.matches(".map-point, .map-cluster"));
          (near || map.getCanvas()).focus({ preventScroll: true });
        });
        map.easeTo({ center: at, zoom });
        return;
      }
      const leaves = await source.getClusterLeaves(id, count, 0);
      const title = document.createElement("strong");
      title.textContent = words.together.replace("{count}", count);
      popup(gl, map, at, [title, ...leaves.map((leaf) => entry(leaf.properties))], opener, words);
    });
  }

  function marker(gl, map, feature, words) {
    const said = feature.properties;
    const at = feature.geometry.coordinates;
    if (said.cluster) {
      const zoom = (opener) => openCluster(gl, map, map.getSource("points"), feature, opener, words);
      const label = words.cluster.replace("{count}", said.point_count);
      return place(gl, map, at, button("map-cluster", said.point_count_abbreviated, zoom), label);
    }
    const kind = said.count ? "map-cluster" : said.approximate ? "map-point map-about" : "map-point";
    const made = button(kind, said.count || "", (opener) => popup(gl, map, at, [entry(said)], opener, words));
    return place(gl, map, at, made, [said.name, said.about, said.precision].filter(Boolean).join(", "));
  }

  /* The points as real buttons: those that the map has in view now. */
  function keepMarkers(gl, map, words) {
    const shown = new Map();
    const renew = () => {
      if (!map.getSource("points") || !map.isSourceLoaded("points")) return;
      const wanted = new Map();
      for (const feature of map.querySourceFeatures("points")) {
        const said = feature.properties;
        const key = said.cluster ? `c${said.cluster_id}` : `${said.href} ${feature.geometry.coordinates} ${said.name}`;
        wanted.set(key, feature);
      }
      for (const [key, made] of shown) {
        if (!wanted.has(key)) { made.remove(); shown.delete(key); }
      }
      for (const [key, feature] of wanted) {
        if (!shown.has(key)) shown.set(key, marker(gl, map, feature, words));
      }
    };
    map.on("moveend", renew);
    map.on("sourcedata", renew);
    map.on("idle", renew);
  }

  /* Names of the areas as text on the page: letters from elsewhere are not needed. */
  function nameAreas(gl, map, ground, layer, words) {
    const names = ground.features.map(({ properties: { name, spot } }) => {
      const label = document.createElement("span");
      label.className = "map-name";
      label.setAttribute("aria-hidden", "true");
      label.textContent = layer === "cantons" ? words.canton.replace("{name}", name) : name;
      return place(gl, map, spot, label, "");
    });
    const farthest = layer === "cantons" ? 8.2 : 9;  // beyond, too few names have room
    map.on("idle", () => {
      const far = map.getZoom() < farthest;
      map.getContainer().classList.toggle("map-far", far);
      if (!far) keepApart(map, names);
    });
  }

  /* A name gives way to the points: a little higher or lower, or not there at all where there is no room. */
  function keepApart(map, names) {
    const box = (at, [width, height], drop) => {
      const { x, y } = map.project(at);
      return [x - width / 2, y - height / 2 + drop, x + width / 2, y + height / 2 + drop];
    };
    const touch = (one, two) => one[0] < two[2] && two[0] < one[2] && one[1] < two[3] && two[1] < one[3];
    const canvas = map.getCanvasContainer().getBoundingClientRect();
    const taken = [...map.getCanvasContainer().querySelectorAll(".map-point, .map-cluster, .map-pick")].map((spot) => {
      const { left, top, right, bottom } = spot.getBoundingClientRect();
      return [left - canvas.left, top - canvas.top, right - canvas.left, bottom - canvas.top];
    });
    for (const name of names) {
      const label = name.getElement();
      const size = [label.offsetWidth, label.offsetHeight];
      const step = size[1] / 2 + 26;
      const drop = [0, step, -step].find((try_) => !taken.some((other) => touch(box(name.getLngLat(), size, try_), other)));
      label.classList.toggle("map-hidden", drop === undefined);
      if (drop === undefined) continue;
      name.setOffset([0, drop]);
      taken.push(box(name.getLngLat(), size, drop));
    }
  }

  async function fetchFeatures(address) {
    if (!address) return [EMPTY, ""];
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`no features at ${address}`);
    return [await answer.json(), answer.headers.get("X-Layer")];
  }

  async function draw(box) {
    const words = JSON.parse(box.dataset.words);
    if (!hasWebGL()) { say(box, words.no_webgl); return; }
    say(box, words.loading);
    const late = setTimeout(() => say(box, words.slow), PATIENCE);
    try {
      const [gl, [ground, layer], [points]] = await Promise.all([
        fetchLibrary(box), fetchFeatures(box.dataset.ground), fetchFeatures(box.dataset.points),
      ]);
      const counted = points.features.some((feature) => feature.properties.count);
      const here = box.dataset.here;
      const few = points.features.length > 0 && points.features.length < 5;
      const close = few || here;
      const bounds = edges(ground.features, (feature) => here && feature.properties.key === here)
        || edges((close ? points : ground).features, () => true) || edges(points.features, () => true) || REGION;
      const map = new gl.Map({
        container: box, style: styleOf(ground, points, here, counted), bounds, fitBoundsOptions: { padding: close ? 44 : 12, maxZoom: 11.5 },
        attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, rollEnabled: false,
        cooperativeGestures: true, minZoom: 6, maxZoom: 17, refreshExpiredTiles: false,
        locale: {
          "Map.Title": words.keys, "NavigationControl.ZoomIn": words.zoom_in, "NavigationControl.ZoomOut": words.zoom_out,
          "Popup.Close": words.close, "CooperativeGesturesHandler.WindowsHelpText": words.scroll,
          "CooperativeGesturesHandler.MacHelpText": words.scroll_mac, "CooperativeGesturesHandler.MobileHelpText": words.touch,
        },
      });
      map.touchZoomRotate.disableRotation();
      map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
      keepMarkers(gl, map, words);
      nameAreas(gl, map, ground, layer, words);  // after the points, to which names give way
      map.once("load", () => {
        clearTimeout(late);
        say(box, "");
        box.dispatchEvent(new CustomEvent("schakel:map", { bubbles: true, detail: { gl, map } }));
      });
      map.once("idle", () => { box.dataset.ready = "1"; });
      map.on("webglcontextlost", () => say(box, words.no_webgl));
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
        for (const [id, paint] of Object.entries(paints())) {
          for (const [name, value] of Object.entries(paint)) map.setPaintProperty(id, name, value);
        }
      });
    } catch {
      clearTimeout(late);
      say(box, words.failed);
    }
  }

  function start(scope) {
    for (const box of scope.querySelectorAll("[data-map]:not([data-started])")) {
      box.dataset.started = "1";
      const near = new IntersectionObserver((seen) => {
        if (!seen.some((one) => one.isIntersecting)) return;
        near.disconnect();
        draw(box);
      }, { rootMargin: "200px" });
      near.observe(box);
    }
  }

  document.addEventListener("htmx:afterSwap", () => start(document));
  start(document);
})();
