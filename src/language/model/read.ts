/**
 * The door `#model/read`: sources in, the system's model out. It loads oxc-parser, so it runs in a disposable process
 * alone. Nothing of a source is executed. `readSystem` answers problems as values and never throws on any text.
 */
import type { SourceFiles, SystemReading } from './reading.ts';
import { openReader } from './read/open-reader.ts';

export { openReader, type Reader, type SourceEdits } from './read/open-reader.ts';

const shared = openReader();

/** Reads a whole system. What did not change since the last reading of this process is not parsed again, and its components are the same objects. */
export const readSystem = (files: SourceFiles): SystemReading => shared.read(files);
