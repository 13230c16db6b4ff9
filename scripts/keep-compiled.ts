/**
 * Loads what the parser's process loads, and ends: so its code is compiled once and kept beside the packages. Why apart: that process reads
 * text of strangers, and so writes no file, not even this.
 */
import '../src/processes/parser.ts';
import '#model/assign-ids';
import '#model/mutants';
