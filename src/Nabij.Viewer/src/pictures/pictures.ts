// The script of pages with kept pictures: opens those of a session (PictureList.razor), and makes the organization's key
// (PicturesKeyPage.razor). Passphrases stay here.

import { element, setText } from "../page/element.ts";
import { languageOf, sayIn } from "../page/texts/texts.ts";
import { toBase64 } from "./base64.ts";
import { OpenedKeys } from "./opened-keys.ts";
import { PictureOpener } from "./picture-opener.ts";
import { isPassphrase, longestPassphrase, makePicturesKey, shortestPassphrase } from "./pictures-key.ts";

const say = sayIn(languageOf(document.documentElement.lang));

function openThose(list: HTMLElement): void {
  const { organization = "", session = "", signIn = "" } = list.dataset;
  const keys = new OpenedKeys(signIn);
  const opener = new PictureOpener(say, keys, { organization, session });
  const listed = [...list.querySelectorAll<HTMLElement>("li[data-picture]")].map((item, index) => {
    const place = element("div", { class: "picture-place" });
    item.querySelector("p")?.after(place);
    const { picture = "", author = "", key = "" } = item.dataset;
    return { id: picture, session: item.dataset["session"] ?? session, author, key, number: index + 1, place };
  });
  list.querySelector("p")?.after(opener.root);
  list.append(opener.forget);
  // Whoever signs out leaves no open key behind.
  document.querySelector<HTMLFormElement>("form[action^='/sign-out']")?.addEventListener("submit", () => void keys.forget());
  void keys.tidy().then(() => opener.show(listed));
}

function makeKeyBy(form: HTMLFormElement): void {
  const field = (name: string): HTMLInputElement | null => form.querySelector<HTMLInputElement>(name);
  const [passphrase, again, publicKey, wrappedKey] = [field("#passphrase"), field("#passphrase-again"), field("[name=public-key]"), field("[name=wrapped-key]")];
  const problem = form.querySelector<HTMLElement>("#passphrase-problem");
  const submit = form.querySelector<HTMLButtonElement>("button[type=submit]");
  if (!passphrase || !again || !publicKey || !wrappedKey || !problem || !submit) return;
  form.hidden = false;
  form.noValidate = true;
  const refuse = (text: string, at: HTMLInputElement): void => {
    setText(problem, text);
    problem.hidden = false;
    at.setAttribute("aria-invalid", "true");
    at.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    problem.hidden = true;
    for (const one of [passphrase, again]) one.removeAttribute("aria-invalid");
    if (!isPassphrase(passphrase.value)) return refuse(say("pictures.tooShort", { least: shortestPassphrase, most: longestPassphrase }), passphrase);
    if (passphrase.value.normalize("NFC") !== again.value.normalize("NFC")) return refuse(say("pictures.differ"), again);
    submit.disabled = true;
    void makePicturesKey(passphrase.value, form.dataset["organization"] ?? "").then((made) => {
      publicKey.value = toBase64(made.publicKey);
      wrappedKey.value = toBase64(made.wrapped);
      for (const one of [passphrase, again]) one.value = "";
      form.submit();
    }, () => {
      submit.disabled = false;
      refuse(say("pictures.noKey"), passphrase);
    });
  });
}

const list = document.querySelector<HTMLElement>("#pictures");
const form = document.querySelector<HTMLFormElement>("form#pictures-key");
if (list !== null) openThose(list);
if (form !== null) makeKeyBy(form);
