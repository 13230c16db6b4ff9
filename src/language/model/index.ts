/** The system's model, its lookups, and the shapes of a reading. Loads no parser: `#model/read` does. */
export * from './reading.ts';
export * from './system-model.ts';
