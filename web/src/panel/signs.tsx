// Signs of what is known: each with a shape of its own, so that none rests on its colour.
import { icon } from "../page/icons";

export const ConcernedIcon = () => icon(<><path d="m12 3 9 5-9 5-9-5z" fill="currentColor" /><path d="m3 13 9 5 9-5" /></>);
export const FreeIcon = () => icon(<><circle cx="12" cy="12" r="9" /><path d="m8 12.5 3 3 5.5-6" /></>);
export const UnknownIcon = () => icon(<><circle cx="12" cy="12" r="9" strokeDasharray="3 2.6" /><path d="M9.6 9.6a2.5 2.5 0 1 1 3.4 2.3c-.7.3-1 .9-1 1.6M12 16.6v.1" /></>);
export const FailIcon = () => icon(<><path d="M8 3h8l5 5v8l-5 5H8l-5-5V8z" fill="currentColor" stroke="none" /><path d="m8.5 8.5 7 7m0-7-7 7" stroke="var(--panel)" /></>);
export const MarginalIcon = () => icon(<><path d="M12 3.5 2.5 20h19z" /><path d="M8.5 14.2c1.2-1.2 2.3-1.2 3.5 0s2.3 1.2 3.5 0M8.5 17.2c1.2-1.2 2.3-1.2 3.5 0s2.3 1.2 3.5 0" strokeWidth={1.5} /></>);
export const ApartIcon = () => icon(<><circle cx="12" cy="12" r="9" /><path d="M8 12h8" /></>);
export const OfficerIcon = () => icon(<><circle cx="12" cy="7.5" r="3.5" /><path d="M5 20.5c.6-4 3.3-6 7-6s6.400 2 7 6z" /></>);
export const UndoIcon = () => icon(<path d="M4 9h10a5.500 5.500 0 0 1 0 11h-4M4 9l4.500-4.500M4 9l4.500 4.500" />, 20);
export const RedoIcon = () => icon(<path d="M20 9H10a5.500 5.500 0 0 0 0 11h4M20 9l-4.500-4.500M20 9l-4.500 4.500" />, 20);
export const BinIcon = () => icon(<path d="M4 7h16M9.500 7V4h5v3M6.500 7l1 13h9l1-13M10.500 11v5M13.500 11v5" />, 20);
export const BoxIcon = () => icon(<><path d="M5 6h14v12H5z" /><path d="M3.500 4.500h3v3h-3zM17.500 16.500h3v3h-3z" fill="currentColor" stroke="none" /></>, 20);
export const TapsIcon = () => icon(<><path d="M5 18 7 6l8-1.500 4.500 8L13 19z" strokeDasharray="3 2.500" /><circle cx="7" cy="6" r="1.800" fill="currentColor" /><circle cx="15" cy="4.500" r="1.800" fill="currentColor" /><circle cx="5" cy="18" r="1.800" fill="currentColor" /></>, 20);
export const LotIcon = () => icon(<><path d="M5 19 7 5l11-1 2 14z" /><path d="m9 16 1-8 5.500-.500 1 8z" fill="currentColor" stroke="none" /></>, 20);
export const SealIcon = () => icon(<><circle cx="12" cy="9.500" r="6" /><path d="m9.500 9.500 2 2 3.200-3.500M8.500 14.500 7 21l5-2.500 5 2.500-1.500-6.500" /></>);
export const SpaceIcon = () => icon(<><path d="m12 3 8 4.500v9L12 21l-8-4.500v-9z" /><path d="m4 7.500 8 4.500 8-4.500M12 12v9" /></>, 20);
export const TurnLeftIcon = () => icon(<path d="M5 12a7 4 0 1 0 7-4H6m0 0 3-3M6 8l3 3" />, 20);
export const TurnRightIcon = () => icon(<path d="M19 12a7 4 0 1 1-7-4h6m0 0-3-3m3 3-3 3" />, 20);
