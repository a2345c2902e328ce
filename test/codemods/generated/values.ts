import type { ParameterKind } from './facade.js';

const anyText = [
  "'x'",
  "'a text that is rather too long'",
  'fixed',
  'current',
  'box.value',
  "mark('m')",
  "await later('l')",
  'next()',
  'box.read',
  'box.look',
  '`${mark("t")}!`',
  "(mark('c') ? fixed : current)",
  'same(fixed)',
  "'throw'",
  "'reject'",
  "(mark('k'), current)",
  "current = mark('z')",
  '(() => current)()',
  "box['value']",
  'fixed as string',
  'current!',
  'fixed satisfies string',
  '`${current} of\n  two lines`',
  'String(count++)',
  'typeof current',
  "[fixed, mark('q')].join()",
  "maybe ?? mark('u')",
  "current || mark('o')",
  'new Held(current).value',
  '((text: string) => text + current)(fixed)',
  "current + mark('p')",
  'same<string>(current)',
  'tag`x${current}`',
  "(await later('w')).trim()",
  'await same(current)',
  "({ value: mark('j') }).value",
  'made()',
];

const texts: Readonly<Record<ParameterKind, readonly string[]>> = {
  text: anyText,
  'optional text': ['undefined', 'maybe', ...anyText],
  number: ['1', '-2', 'fixed.length', "mark('n').length", 'count++', '+current'],
  flag: ['true', 'false', "mark('f') !== ''", 'box.value === current', '!current', "'value' in box"],
};

const calmTexts: Readonly<Record<ParameterKind, readonly string[]>> = {
  text: ["'x'", 'fixed', 'current', 'box.value', "'throw'", "'reject'"],
  'optional text': ['undefined', 'maybe', 'current'],
  number: ['1', '-2', 'fixed.length'],
  flag: ['true', 'false', 'box.value === current'],
};

/** How many texts a palette chooses from. */
export const textCount = anyText.length;

/** Palettes in which much goes wrong that hardly ever meets by chance. */
export const knownPalettes: readonly (readonly number[])[] = [
  'current next',
  'box.value next',
  'throw reject fixed',
  'next mark',
  'current await',
].map((words) =>
  words.split(' ').map((word) => anyText.findIndex((text) => text.replace("'", '').startsWith(word))),
);

/** What may stand for a parameter of the given kind. */
export function choicesFor(
  kind: ParameterKind,
  { isCalm, palette }: { readonly isCalm: boolean; readonly palette: readonly number[] },
): readonly string[] {
  if (isCalm) return calmTexts[kind];
  if (kind === 'number' || kind === 'flag') return texts[kind];
  return palette.map((one) => texts[kind][one] ?? "'x'");
}
