import { describe, expect, test } from "vitest";
import { browsers, Typist } from "./typist.ts";

/** Layout, strokes (see typist.ts), and the text that they are. */
const layouts: readonly (readonly [layout: string, strokes: string, text: string])[] = [
  ["US", "KeyA:a S+KeyA:A Digit7:7 S+Digit7:& Backquote:` S+Backslash:| Space: Slash:/", "aA7&`| /"],
  ["US international", "D+Quote KeyE:é D+Quote Space:' SD+Quote KeyU:ü D+Quote KeyX:´x G+KeyQ:ä SG+KeyQ:Ä D+Backquote D+Backquote:``", "é'ü´xäÄ``"],
  ["Dvorak", "KeyQ:' KeyE:. S+KeyZ:: KeyS:o KeyK:t", "'.:ot"],
  ["UK", "S+Digit3:£ G+Digit4:€ IntlBackslash:\\ S+Backquote:¬ G+KeyA:á", "£€\\¬á"],
  ["German", "KeyY:z KeyZ:y Semicolon:ö S+Quote:Ä Minus:ß G+Minus:\\ G+KeyQ:@ G+KeyE:€ G+Digit7:{ D+Backquote KeyO:ô D+Equal S+KeyE:É D+Equal Space:´ IntlBackslash:<", "zyöÄß\\@€{ôÉ´<"],
  ["Swiss", "Quote:ä S+Quote:à D+Equal KeyE:ê G+Digit2:@ G+Digit3:# D+BracketRight KeyA:ä S+BracketRight:!", "äàê@#ä!"],
  ["French", "KeyQ:a KeyA:q KeyZ:w Digit2:é S+Digit2:2 Digit0:à G+Digit0:@ D+BracketLeft KeyI:î SD+BracketLeft KeyE:ë Semicolon:m KeyM:, Quote:ù", "aqwé2à@îëm,ù"],
  ["Belgian", "Digit6:§ G+Digit2:@ D+BracketLeft KeyO:ô IntlBackslash:< G+IntlBackslash:\\ KeyW:z", "§@ô<\\z"],
  ["Dutch", "D+BracketLeft KeyE:ë Backquote:@ IntlBackslash:] G+KeyE:€", "ë@]€"],
  ["Spanish", "Semicolon:ñ S+Semicolon:Ñ D+Quote KeyA:á SD+Quote KeyU:ü Equal:¡ S+Equal:¿ G+Digit2:@ G+Digit1:| D+BracketLeft KeyE:è", "ñÑáü¡¿@|è"],
  ["Italian", "BracketLeft:è S+BracketLeft:é Semicolon:ò G+Semicolon:@ G+KeyE:€ SG+BracketLeft:{ Equal:ì", "èéò@€{ì"],
  ["Portuguese", "Semicolon:ç D+BracketRight KeyA:á D+Backslash KeyA:ã D+Backslash KeyN:ñ SD+BracketRight KeyO:ò Equal:« G+Digit2:@", "çáãñò«@"],
  ["Brazilian", "Semicolon:ç D+BracketLeft KeyE:é D+Quote KeyA:ã D+Quote KeyO:õ IntlRo:/ S+IntlRo:? NumpadComma:, G+IntlRo:°", "çéãõ/?,°"],
  ["Swedish", "BracketLeft:å Quote:ä Semicolon:ö D+BracketRight KeyU:ü G+Digit7:{ G+KeyE:€ G+Minus:\\ S+Digit4:¤", "åäöü{€\\¤"],
  ["Norwegian", "Semicolon:ø Quote:æ S+BracketLeft:Å G+Digit2:@ D+BracketRight KeyO:ö G+Equal:´", "øæÅ@ö´"],
  ["Danish", "Semicolon:æ Quote:ø S+BracketLeft:Å G+Equal:| D+Equal KeyE:é", "æøÅ|é"],
  ["Polish", "G+KeyA:ą SG+KeyL:Ł G+KeyX:ź G+KeyZ:ż G+KeyU:€ D+Backquote KeyA:~a", "ąŁźż€~a"],
  ["Czech", "Digit2:ě S+Digit2:2 Digit4:č D+Equal KeyA:á SD+Equal KeyD:ď G+KeyV:@ Semicolon:ů KeyY:z", "ě2čáď@ůz"],
  ["Hungarian", "Digit0:ö BracketLeft:ő S+Backslash:Ű G+KeyV:@ G+KeyQ:\\ IntlBackslash:í", "öőŰ@\\í"],
  ["Turkish", "KeyI:ı S+KeyI:I Quote:i S+Quote:İ G+KeyQ:@ BracketLeft:ğ SD+Digit3 KeyE:ê", "ıIiİ@ğê"],
  ["Russian", "KeyF:а S+KeyF:А Backquote:ё Semicolon:ж S+Digit3:№ Slash:.", "аАёж№."],
  ["Ukrainian", "KeyS:і BracketRight:ї Quote:є G+KeyU:ґ S+BracketRight:Ї", "іїєґЇ"],
  ["Greek", "KeyA:α D+Semicolon KeyA:ά SD+Semicolon KeyI:ϊ KeyW:ς S+KeyS:Σ G+KeyE:€", "αάϊςΣ€"],
  ["Hebrew", "KeyT:א Comma:ת G+Digit4:₪ S+KeyT:A", "את₪A"],
  ["Arabic", "KeyH:ا KeyG:ل KeyB:لا S+KeyE:ُ", "اللاُ"],
  ["Japanese", "IntlYen:\\ S+IntlYen:| IntlRo:\\ S+IntlRo:_ BracketLeft:@ S+Digit2:\"", "\\|\\_@\""],
  ["Keypad", "Numpad7:7 NumpadDecimal:. NumpadDivide:/ NumpadComma:, NumpadAdd:+", "7./,+"],
];

describe.each(browsers)("$name", (browser) => {
  test.each(layouts)("%s", (_, strokes, text) => {
    const typist = new Typist(browser).type(strokes);
    expect(typist.text).toBe(text);
    // Nothing but Shift is pressed as a key, and nothing stays down.
    expect(typist.pressed.keys.filter((code) => code !== "ShiftLeft")).toEqual([]);
    expect(typist.pressed.held).toEqual([]);
  });
});
