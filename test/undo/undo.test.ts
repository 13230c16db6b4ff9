/** Undo with data: one system for all that is stated of it, since each change that is taken back leaves it as it was. */
import { after } from 'node:test';
import { meanwhile } from './meanwhile.ts';
import { otherShapes, shapedFiles } from './shapes.ts';
import { lowAlone, toldToWhom } from './told.ts';
import { whatGoesBack } from './what-goes-back.ts';
import { openYard, yardFiles } from './yard.ts';

const clock = { ahead: 0 };
const yard = await openYard({ ...yardFiles, ...shapedFiles, 'rules/low-alone.ts': lowAlone }, () => Date.now() + clock.ahead);
after(() => yard.close());

whatGoesBack(yard);
meanwhile(yard);
otherShapes(yard, clock);
toldToWhom(yard);
