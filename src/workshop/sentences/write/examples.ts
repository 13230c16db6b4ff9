/** The examples of a request, and the test file that they stand in. */
import type { SystemModel } from '#model';
import { pathOf, testPathOf } from '#model';
import { accessName, approvalName, discountName, operationName } from './component-names.ts';
import type { Request } from '../request.ts';
import { accessExamples } from './access-examples.ts';
import { actionExamples, restrictExamples } from './action-examples.ts';
import { viewExamples } from './view-examples.ts';
import { drafting } from './drafts.ts';
import { unaskedNames } from '../effect/unasked.ts';
import { flowExamples, flowName } from './workflow-examples.ts';
import { jobExamples, reactionExamples } from './unasked-examples.ts';
import { fieldExamples, type Named } from './field-examples.ts';
import { approvalExamples, derivedExamples, discountExamples, flagExamples, limitExamples } from './rule-examples.ts';

export interface Tests {
  readonly path: string;
  readonly examples: readonly Named[];
}

/** `model` is the system as the whole request makes it. */
export function examplesOf(model: SystemModel, request: Request): Tests | undefined {
  const d = drafting(model, request);
  const entityPath = (name: string): string => testPathOf(pathOf('entity', name));
  switch (request.act) {
    case 'track':
      return { path: entityPath(request.name), examples: fieldExamples(d, request) ?? [] };
    case 'addFields':
    case 'renameField':
    case 'removeField':
    case 'setRequired':
    case 'setUnique':
    case 'setDefault':
    case 'setBounds':
    case 'addChoices':
    case 'removeChoice':
      return { path: entityPath(request.owner.entity), examples: fieldExamples(d, request) ?? [] };
    case 'derive':
    case 'defaultFormula':
      return { path: entityPath(request.owner.entity), examples: derivedExamples(d, request) };
    case 'deriveFlag':
      return { path: entityPath(request.owner.entity), examples: flagExamples(d, request) };
    case 'limit':
      return { path: entityPath(request.entity), examples: limitExamples(d, request) };
    case 'discount':
      return { path: testPathOf(pathOf('rule', discountName(model, request))), examples: discountExamples(d, request) };
    case 'approval':
      return { path: testPathOf(pathOf('rule', approvalName(model, request))), examples: approvalExamples(d, request) };
    case 'allow': {
      const name = operationName(model, request);
      return name === undefined ? undefined : { path: testPathOf(pathOf('operation', name)), examples: actionExamples(d, request) };
    }
    case 'restrict':
      return { path: testPathOf(pathOf('operation', request.operation)), examples: restrictExamples(d, request) };
    case 'access': {
      const name = accessName(model, request);
      const path = name === undefined ? entityPath(request.entity) : testPathOf(pathOf('rule', name));
      return { path, examples: accessExamples(d, request) };
    }
    case 'react':
    case 'schedule': {
      const name = unaskedNames(model, request).at(-1);
      const kind = request.act === 'react' ? 'reaction' : 'job';
      const examples = request.act === 'react' ? reactionExamples(d, request) : jobExamples(d, request);
      return name === undefined ? undefined : { path: testPathOf(pathOf(kind, name)), examples };
    }
    case 'flow':
    case 'addWay':
    case 'removeWay':
    case 'wayBy':
    case 'wayWhen':
    case 'wayAfter':
    case 'neverWay': {
      const name = flowName(model, request);
      return name === undefined ? undefined : { path: testPathOf(pathOf('workflow', name)), examples: flowExamples(d, request) };
    }
    case 'show':
      return { path: testPathOf(pathOf('view', request.view)), examples: viewExamples(d, request) };
    case 'stopTracking':
    case 'stopUnasked':
    case 'stopFlow':
    case 'reschedule':
    case 'stopShowing':
      return undefined;
  }
}
