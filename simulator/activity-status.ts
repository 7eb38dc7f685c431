/** What `setActivityStatus` can set an agent to. */
const ACTIVITY_STATUSES = ['NONE', 'AVAILABLE', 'UNAVAILABLE'] as const;

export type ActivityStatus = (typeof ACTIVITY_STATUSES)[number];

export function isActivityStatus(value: unknown): value is ActivityStatus {
  return ACTIVITY_STATUSES.some((status) => status === value);
}
