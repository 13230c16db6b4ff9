/** One file to its declaration: head, shape, literal data, places. A function of path and text alone; never throws on any text. */
import { componentKey, isTestPath, kindOfPath, pathOf } from '../paths.ts';
import type { Outline } from '../reading.ts';
import { entityOf } from './declare-entity.ts';
import { operationOf } from './declare-operation.ts';
import { accessOf, approvalOf, decisionOf } from './declare-rule.ts';
import { declareTests } from './declare-tests.ts';
import { jobOf, reactionOf } from './declare-unasked.ts';
import { viewOf } from './declare-view.ts';
import { workflowOf } from './declare-workflow.ts';
import type { Declaration, Declared, IdPlace } from './declared.ts';
import type { Context } from './definition.ts';
import { headOf } from './head-of.ts';
import { outlineOf } from './outline-of.ts';
import { collector, type Reporter } from './reporter.ts';
import { syntaxOf } from './syntax.ts';
import { withinCaps } from './text-caps.ts';

const noHead = { what: '', why: '', change: '', generator: '', date: '' };
const nothing: Omit<Declared, 'path' | 'found'> = { head: noHead, outline: {}, ids: [], sdk: new Map(), imports: new Map() };

export function declare(path: string, text: string): Declared {
  const { report, found } = collector();
  const kind = kindOfPath(path);
  if (kind === undefined || !/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.ts$/.test(path)) {
    report(
      0,
      'a system holds theseus.json and components: entities/<name>.ts, rules/<name>.ts, workflows/<name>.ts, operations/<name>.ts, views/<name>.ts, reactions/<name>.ts, jobs/<name>.ts, and tests beside them (<name>.test.ts), in kebab-case',
    );
    return { path, found, ...nothing };
  }
  if (!withinCaps(text, report)) return { path, found, ...nothing };
  try {
    return isTestPath(path) ? testFile(path, text, report, found) : componentFile(path, text, report, found);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report(0, 'the file is nested too deeply to be read; give the inner parts names of their own');
    return { path, found, ...nothing };
  }
}

function testFile(path: string, text: string, report: Reporter, found: Declared['found']): Declared {
  const syntax = syntaxOf(path, text, ['examples'], false, report);
  if (syntax === undefined) return { path, found, ...nothing };
  return { path, found, ...nothing, sdk: syntax.sdk, imports: syntax.imports, declaration: declareTests(syntax, report) };
}

function componentFile(path: string, text: string, report: Reporter, found: Declared['found']): Declared {
  const kind = kindOfPath(path);
  const kinds = kind === 'rule' ? ['rule', 'approval', 'access'] : [kind ?? 'entity'];
  const syntax = syntaxOf(path, text, kinds, kind === 'operation' || kind === 'reaction' || kind === 'job', report);
  if (syntax === undefined) return { path, found, ...nothing };
  const head = headOf(syntax.comment, report);
  const ids: IdPlace[] = [];
  const definition = syntax.call.arguments[0];
  let declaration: Declaration | undefined;
  let outline: Outline = {};
  if (definition === undefined || definition.type !== 'ObjectExpression' || syntax.call.arguments.length !== 1)
    report(syntax.callStart, `${syntax.kind} takes one object literal: ${syntax.kind}({ ... })`);
  else {
    outline = outlineOf(syntax, definition);
    const context: Context = { path, text, report, ids, syntax, sdk: syntax.sdk };
    if (syntax.kind === 'entity') declaration = entityOf(definition, context);
    else if (syntax.kind === 'rule') declaration = decisionOf(definition, context);
    else if (syntax.kind === 'approval') declaration = approvalOf(definition, context);
    else if (syntax.kind === 'access') declaration = accessOf(definition, context);
    else if (syntax.kind === 'workflow') declaration = workflowOf(definition, context);
    else if (syntax.kind === 'operation') declaration = operationOf(definition, context);
    else if (syntax.kind === 'reaction') declaration = reactionOf(definition, context);
    else if (syntax.kind === 'job') declaration = jobOf(definition, context);
    else declaration = viewOf(definition, context);
  }
  if (declaration !== undefined && declaration.kind !== 'tests' && pathOf(declaration.kind, declaration.name) !== path) {
    report(
      syntax.callStart,
      `${componentKey(declaration.kind, declaration.name)} must stand in ${pathOf(declaration.kind, declaration.name)}, so that its name tells where it is`,
    );
  }
  return {
    path,
    head,
    outline,
    ids,
    sdk: syntax.sdk,
    imports: syntax.imports,
    found,
    ...(declaration === undefined ? {} : { declaration }),
  };
}
