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

const ARRAYS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array };

/** Base64 of little-endian numbers, as lib/plots packs them → a typed array. */
function unpack(text, kind) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new ARRAYS[kind](bytes.buffer);
}

globalThis.feira = { make, enhance, unpack };
