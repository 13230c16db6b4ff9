/**
 * Takes from a realm what must not be there, and freezes what stays, before any component code runs in it. Then no call can
 * leave anything behind for the next but through its own variables, which are new for each call.
 */

/** Code from text, shared memory, clocks, and what shows the collector at work. */
const removedGlobals = [
  'eval',
  'Function',
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'Date',
  'Intl',
  'Temporal',
  'WeakRef',
  'FinalizationRegistry',
  'console',
];
/** Of the last match of any regular expression: state that all code of a realm would share. */
const removedOfRegExp = [
  'input',
  '$_',
  'lastMatch',
  '$&',
  'lastParen',
  '$+',
  'leftContext',
  '$`',
  'rightContext',
  "$'",
  '$1',
  '$2',
  '$3',
  '$4',
  '$5',
  '$6',
  '$7',
  '$8',
  '$9',
];

/** `shared`: what all calls of the realm are handed, and what hangs on it (a function has a prototype, which is not frozen with it). */
export function harden(shared: readonly unknown[]): void {
  const noCode = function (): never {
    throw new TypeError('code is never made from text here');
  };
  for (const kind of [function () {}, async () => {}, function* () {}, async function* () {}]) {
    Object.defineProperty(Object.getPrototypeOf(kind), 'constructor', { value: noCode });
  }
  noCode.prototype = Object.getPrototypeOf(() => {});
  for (const name of removedGlobals) Reflect.deleteProperty(globalThis, name);
  for (const name of removedOfRegExp) Reflect.deleteProperty(RegExp, name);
  Reflect.deleteProperty(Math, 'random');
  freezeAll(shared);
}

/** Freezes all that can be reached from the global object, and the prototypes that only values lead to. */
function freezeAll(shared: readonly unknown[]): void {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [
    globalThis,
    ...shared,
    async () => {},
    function* () {},
    (function* () {})(),
    async function* () {},
    (async function* () {})(),
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ''[Symbol.iterator](),
    'a'.matchAll(/a/g),
    [].values().map((item) => item),
    Iterator.from({ next: () => ({ done: true, value: undefined }) }),
  ];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) continue;
    seen.add(value);
    Object.freeze(value);
    waiting.push(Object.getPrototypeOf(value));
    for (const name of Reflect.ownKeys(value)) {
      const member = Object.getOwnPropertyDescriptor(value, name);
      waiting.push(member?.value, member?.get, member?.set);
    }
  }
}
