/** The door of the store in memory, for trials that nothing has to outlive. */
export { type MemoryStore, memoryStore } from './memory-store.ts';
