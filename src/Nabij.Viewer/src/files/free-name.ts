// A name that is not taken yet: a number behind it, before its ending, as file managers do.

/**
 * The name itself, or the first of `name (2).txt`, `name (3).txt` and so on that is free. Among the files of one session it is
 * at most as long as VERIFIED may say: 8 bytes longer than a component.
 */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  let free = name;
  for (let number = 2; isTaken(free); number++) free = `${stem} (${number})${ending}`;
  return free;
}
