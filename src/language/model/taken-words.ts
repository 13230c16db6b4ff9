/** Words that name no variable of a component: JavaScript means something by them, or the SDK does. */
import { sdkNames } from './sdk-names.ts';

const javascript = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in ' +
    'instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

export const isTakenWord = (name: string): boolean => javascript.has(name) || sdkNames.has(name);
