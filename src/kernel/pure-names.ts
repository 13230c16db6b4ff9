/**
 * What the code of a component may name without declaring it: the parts of JavaScript that compute and do nothing else. The reader refuses
 * every other name; a realm keeps these and has no other, whatever was read.
 */
export const pureNames: readonly string[] = [
  'undefined',
  'NaN',
  'Infinity',
  'Math',
  'JSON',
  'Number',
  'String',
  'Boolean',
  'Array',
  'Object',
  'Map',
  'Set',
  'BigInt',
  'Error',
  'TypeError',
  'RangeError',
  'Promise',
  'Symbol',
  'RegExp',
  'WeakMap',
  'WeakSet',
  'parseInt',
  'parseFloat',
  'isNaN',
  'isFinite',
  'encodeURIComponent',
  'decodeURIComponent',
];
