/** Definitions to source text in house style. */
export { printHead } from './print-head.ts';
export { printEntity } from './print-entity.ts';
export { printRule } from './print-rule.ts';
export { shortForm } from './short-form.ts';
export { type OperationBody } from './print-body.ts';
export { indexesDoc } from './print-indexes.ts';
export { printOperation } from './print-operation.ts';
export { printUnasked } from './print-unasked.ts';
export { printWorkflow, workflowMembers } from './print-workflow.ts';
export { printView } from './print-view.ts';
export { printExample, printProperty, printTests, withExamples } from './print-tests.ts';
export { printDeclarations } from './print-declarations.ts';
export { laidOut, lineWidth, memberName, quoted, type Doc } from './layout.ts';
export { namesOf, parameterName, type PrintContext, usedIn, withEntity } from './print-context.ts';
export { fieldDoc, fieldsDoc, literalDoc } from './print-fields.ts';
