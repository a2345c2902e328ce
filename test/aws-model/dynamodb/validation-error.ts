import { serviceError } from '../service-error.js';

/** DynamoDB has no class for its most frequent refusal. */
export function validationError(message: string): Error {
  return serviceError('dynamodb', 'ValidationException', message);
}
