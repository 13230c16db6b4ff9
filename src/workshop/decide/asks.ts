/** What a request asks for by its form alone. */

/** Whether somebody wants to know something, by the form of what is said: it then is answered with a list or a view, and else done with an operation or a row. */
const ASKS =
  /\?|(?:^|[.] )(?:please |and |so |hello |hi )*(?:which|how many|how much|what|who|whose|where|when|is there|are there|do we|does|did|have we|has|list|show|find|look|search|check|count|tell|give|let me (?:see|know)|name)\b|\b(?:want|wants|need|needs|would like) to (?:know|see|look|find|check|count|read|hear)\b|\b(?:wonder|wondering|curious|looking for)\b/;
export const asksToKnow = (plain: string): boolean => ASKS.test(plain);

const BEGINS = /^(?:please )?(?:(?:we|i) (?:need|want|would like) to )?(\w+)\b/;
/** The word that says what is to be done, where a request begins with it. */
export const beginsWith = (plain: string): string | undefined => BEGINS.exec(plain)?.[1];
