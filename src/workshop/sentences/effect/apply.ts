/** The system as a request would make it: model in, model out. Pure; ids follow from the change, so it can be done again. */
import type { SystemModel } from '#model';
import type { Request } from '../request.ts';
import { access } from './access.ts';
import { allow, restrict } from './actions.ts';
import type { Applied, Effects } from './applied.ts';
import * as entities from './entities.ts';
import { approval, discount, limit } from './rules.ts';
import * as unasked from './unasked.ts';
import { show, stopShowing } from './views.ts';
import * as workflows from './workflows.ts';

export function apply(model: SystemModel, request: Request, effects: Effects): Applied {
  switch (request.act) {
    case 'track':
      return entities.track(model, request, effects);
    case 'stopTracking':
      return entities.stopTracking(model, request);
    case 'addFields':
      return entities.addFields(model, request, effects);
    case 'renameField':
      return entities.renameField(model, request);
    case 'removeField':
      return entities.removeField(model, request, effects);
    case 'setRequired':
      return entities.setRequired(model, request, effects);
    case 'setUnique':
      return entities.setUnique(model, request);
    case 'setDefault':
      return entities.setDefault(model, request);
    case 'setBounds':
      return entities.setBounds(model, request);
    case 'addChoices':
      return entities.addChoices(model, request, effects);
    case 'removeChoice':
      return entities.removeChoice(model, request, effects);
    case 'derive':
    case 'deriveFlag':
      return entities.derive(model, request, effects);
    case 'defaultFormula':
      return entities.defaultFormula(model, request, effects);
    case 'discount':
      return discount(model, request, effects);
    case 'approval':
      return approval(model, request, effects);
    case 'limit':
      return limit(model, request);
    case 'allow':
      return workflows.withMove(allow(model, request, effects), request, effects);
    case 'restrict':
      return restrict(model, request);
    case 'access':
      return access(model, request, effects);
    case 'react':
      return unasked.react(model, request, effects);
    case 'schedule':
      return unasked.schedule(model, request, effects);
    case 'reschedule':
      return unasked.reschedule(model, request);
    case 'stopUnasked':
      return unasked.stopUnasked(model, request);
    case 'flow':
      return workflows.flow(model, request, effects);
    case 'addWay':
      return workflows.addWay(model, request, effects);
    case 'removeWay':
      return workflows.removeWay(model, request);
    case 'wayBy':
      return workflows.wayBy(model, request, effects);
    case 'wayWhen':
      return workflows.wayWhen(model, request, effects);
    case 'wayAfter':
      return workflows.wayAfter(model, request, effects);
    case 'neverWay':
      return workflows.neverWay(model, request);
    case 'stopFlow':
      return workflows.stopFlow(model, request);
    case 'show':
      return show(model, request, effects);
    case 'stopShowing':
      return stopShowing(model, request);
  }
}
