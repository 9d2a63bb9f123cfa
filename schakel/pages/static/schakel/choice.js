/* Choosing places on a map: the ticks of a form as hexagons that can be dragged. The form is the twin, for the keyboard too. */
"use strict";
(() => {
  const FINGER = 14;  // pixels around a tap in which a place may lie

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const paint = () => ({ "circle-radius": 4, "circle-color": colour("sheet"), "circle-stroke-width": 1.5, "circle-stroke-color": colour("edge") });

  function sign(kind, text, title) {
    const made = document.createElement("div");
    made.className = `map-pick ${kind}`;
    made.textContent = text;
    made.title = title;
    return made;
  }

  /* Each place that can be ticked: its box, where it lies, its name and its number in the proposal. */
  function readPlaces(form) {
    return [...form.querySelectorAll("input[data-spot]")].map((box) => ({
      box, at: box.dataset.spot.split(",").map(Number), name: box.parentElement.textContent.trim(), proposed: box.dataset.proposed || "",
    }));
  }

  const features = (places) => ({
    type: "FeatureCollection",
    features: places.map(({ at }, number) => ({ type: "Feature", geometry: { type: "Point", coordinates: at }, properties: { number } })),
  });

  function nearest(map, places, spot) {
    const here = map.project(spot);
    const far = (place) => here.dist(map.project(place.at));
    return places.reduce((best, place) => (far(place) < far(best) ? place : best));
  }

  function choose(form, ticks) {
    for (const [place, on] of ticks) place.box.checked = on;
    ticks[0][0].box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function offer(gl, map, box, form) {
    const places = readPlaces(form);
    const proposal = places.filter((place) => place.proposed);
    const ticked = () => places.filter((place) => place.box.checked);
    let markers = [];

    const put = (at, element, draggable) => {
      const marker = new gl.Marker({ element, draggable }).setLngLat(at).addTo(map);
      element.removeAttribute("aria-label");  // the list says it; whoever cannot see the map reads that
      element.setAttribute("aria-hidden", "true");
      return marker;
    };

    /* A hexagon dropped near another place goes there; back to its own when that one is taken. */
    const drop = (marker, place) => {
      const mine = ticked();
      const goal = nearest(map, places, marker.getLngLat());
      const others = (mine.length ? mine : proposal).filter((one) => one !== place);
      if (goal === place || others.includes(goal)) { marker.setLngLat(place.at); return; }
      choose(form, [[place, false], [goal, true], ...others.map((one) => [one, true])]);
    };

    const move = (place, kind, text) => {
      const element = sign(kind, text, place.name);
      const marker = put(place.at, element, true);
      if (place.box.checked) element.addEventListener("click", () => choose(form, [[place, false]]));
      marker.on("drag", () => { element.dataset.goal = nearest(map, places, marker.getLngLat()).name; });
      marker.on("dragend", () => { delete element.dataset.goal; drop(marker, place); });
      return marker;
    };

    const show = () => {
      for (const marker of markers) marker.remove();
      const mine = ticked();
      markers = mine.map((place) => move(place, "map-mine", ""));
      for (const place of proposal) {
        if (!mine.length) markers.push(move(place, "map-ours", place.proposed));
        else if (!mine.includes(place)) markers.push(put(place.at, sign("map-ours map-still", place.proposed, place.name), false));
      }
    };

    for (const [lon, lat, name] of JSON.parse(box.dataset.today)) put([lon, lat], sign("map-now", "", name), false);
    map.addSource("places", { type: "geojson", data: features(places) });
    map.addLayer({ id: "places", type: "circle", source: "places", paint: paint() });
    map.on("click", ({ point: { x, y }, originalEvent }) => {
      if (originalEvent.target.closest(".map-pick")) return;  // the end of a drag
      const found = map.queryRenderedFeatures([[x - FINGER, y - FINGER], [x + FINGER, y + FINGER]], { layers: ["places"] });
      if (!found.length) return;
      const place = nearest(map, found.map((one) => places[one.properties.number]), map.unproject([x, y]));
      choose(form, [[place, !place.box.checked]]);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      for (const [name, value] of Object.entries(paint())) map.setPaintProperty("places", name, value);
    });
    form.addEventListener("change", show);
    show();
    box.dataset.choosing = "1";
  }

  document.addEventListener("schakel:map", ({ target, detail: { gl, map } }) => {
    const form = document.getElementById(target.dataset.choice);
    if (form) offer(gl, map, target, form);
  });
})();
