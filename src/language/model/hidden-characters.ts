/**
 * Characters that no reader sees or that change the order of what is read: controls, bidirectional controls, zero-width
 * marks. In a source they are refused, in printed text escaped, in comments left out.
 */
const hidden = '\\p{Cc}\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff';

/** The first that may not stand in a source: a hidden one but tab and line ends, or half of a surrogate pair. */
export const refusedCharacter: RegExp = new RegExp(`(?![\\t\\n\\r])[${hidden}]|\\p{Surrogate}`, 'u');
/** Every hidden one. */
export const hiddenCharacter: RegExp = new RegExp(`[${hidden}]`, 'gu');
