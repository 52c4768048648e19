// What the scripts of a page share. It comes first; every other file of this
// folder, and of ../enhance, is put into a block of its own.
"use strict";

/** An element with properties and children. */
function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/**
 * Calls `run` for every figure on the page of one kind, with its parts and its
 * data. A figure whose script fails stays the drawing that it was.
 */
function enhance(kind, run) {
  for (const figure of document.querySelectorAll(`figure[data-feira="${kind}"]`)) {
    const stage = figure.querySelector(".plot");
    const json = figure.querySelector("script[type='application/json']");
    try {
      run({ figure, stage, drawing: stage.querySelector("svg"), data: JSON.parse(json.text) });
    } catch (error) {
      reportError(error);
    }
  }
}

globalThis.feira = { make, enhance };
