/** The door of retrieval. */
export { type KnowledgeParts, openKnowledge } from './open-knowledge.ts';
/** What whoever indexes documents makes of their texts: the same as is made of questions. */
export { wordsOf } from './words.ts';
