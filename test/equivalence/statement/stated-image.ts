/** The arguments of `registerImage`, defaults filled in. */
export interface StatedImage {
  readonly image: string;
  readonly taskRoleName: string | undefined;
  readonly taskExecutionRoleName: string | undefined;
  readonly cpu: number;
  readonly memory: number;
  readonly runtimePlatform: string;
  readonly createdBy: string;
}
