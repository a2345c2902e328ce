import type { Response } from 'express';
import type { User } from '../contracts/index.js';
import { getRequestState } from './request-state.js';

/** Who asks. Only for handlers of routes that are not public. */
export function authenticatedUser(response: Response): User {
  const { user } = getRequestState(response);
  if (user === undefined) throw new Error('The route is public: nobody was authenticated.');
  return user;
}
