// Takes the secret of an invitation or a reset out of the address. It stands after the "#", which browsers send to nobody;
// here it goes into the form and out of the address, so that neither a reload nor the history shows it.

const LONGEST_SECRET = 100;

/** The secret after the "#"; empty when there is none that could be one. */
export const secretOf = (hash: string): string => {
  const secret = hash.startsWith("#") ? hash.slice(1) : "";
  return secret.length <= LONGEST_SECRET && /^[A-Za-z0-9_-]+$/.test(secret) && secret !== "content" ? secret : "";
};

export const takeSecret = (page: Window): void => {
  const field = page.document.querySelector<HTMLInputElement>("form#invitation input[name=link]");
  const secret = secretOf(page.location.hash);
  if (field === null || secret === "") return;
  field.value = secret;
  page.history.replaceState(null, "", page.location.pathname + page.location.search);
  page.document.querySelector<HTMLButtonElement>("form#invitation button[type=submit]")?.focus();
};
