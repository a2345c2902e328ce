/** What a client answers with; no answer at all is a malformed one. */
export async function answerOf<Answer>(answer: Promise<Answer | undefined>): Promise<Answer> {
  const given = await answer;
  if (given === undefined) throw new Error('AWS gave no answer');
  return given;
}
