import { memoryStore } from '../memory/memory-store.ts';
import { storeConformance } from './suite.ts';

storeConformance('in memory', async () => {
  const store = memoryStore();
  return { store, close: () => store.close() };
});
