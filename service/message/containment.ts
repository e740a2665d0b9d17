/** A sender's state, from free to refused. */
export type Containment = 'normal' | 'watched' | 'restricted' | 'suspended'
