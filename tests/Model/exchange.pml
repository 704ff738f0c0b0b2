/*
 * The exchange of the communication unit (docs/pairing.md), for SPIN. README.md beside it is the guide.
 *
 * One metering unit (MU), two communication units (CU 0 and 1), the key office, a technician, and an attacker who owns
 * the line. A ticket's number is its epoch and stands for its keys. A d_step is one durable write, or a step that only
 * volatile state notices; between two of them power may fail (CUT).
 *
 * -DTICKETS=n  tickets ever issued             -DWIPE    a unit's store may be lost once, its tickets put back
 * -DTAPES=n    messages the attacker keeps     -DQUIET   faults and attacks cease at some time, for the LTL formulas
 * -DPAIRED     start with unit 0 paired        -DMUTANTS one rule can be taken away: MUTANT=number ./pan
 * -DALONE      one unit at a time in session       -DSAME    every ticket names unit 0
 * -DBLOCKS     a unit reserves counters in blocks that double
 * -DSTUCK      a unit's store does not erase the ticket that became its pairing
 */

/* The rules that can be taken away, one at a time, to see that SPIN notices. */
#define SAME_TICKET_IS_KEPT       1
#define OLD_EPOCH_IS_REFUSED      2
#define LOWER_EPOCH_IS_REFUSED    3
#define STAGING_SHUTS_SAP_3       4     /* and commit compares keys: each alone would do */
#define METER_FLOOR_FROM_PASS_3   5
#define UNIT_FLOOR_FROM_PASS_4    6
#define STOC_IS_CHECKED           7
#define CTOS_IS_CHECKED           8
#define COMMIT_IS_ONE_WRITE       9
#define COMMIT_SHUTS_SAP_2       10
#define BOOT_ENDS_ERASURE        11
#define FAILURE_ERASES_NOTHING   12
#define METER_COUNTS_FIRST       13
#define UNIT_COUNTS_FIRST        14
#define REFUSAL_ERASES_NOTHING   15
#define HINT_DECIDES_NOTHING     16
#define HLS_DECIDES_NOTHING      17
#define ACTIVE_BEFORE_ERASING    18
#define TOMBSTONE_IS_VERIFIED    19
#define TICKET_NAMES_ITS_UNIT    20
#define RANDOM_COUNTER_START     21     /* WIPE */
#define NO_LEAPS                 22     /* WIPE */
#define STATE_DECIDES            23     /* QUIET: not the commit's reply */
#define TOMBSTONE_IS_READ        24     /* QUIET */
#define ONE_MAY_BE_COMMITTED     25     /* three tickets */
#define BLOCK_IS_WRITTEN_WHOLE   26     /* BLOCKS */
#define TOMBSTONE_KEEPS_SHUT     27     /* STUCK */

#ifdef MUTANTS
c_code
{
    static int mutant;

    __attribute__((constructor)) static void choose(void)
    {
        const char *number = getenv("MUTANT");
        mutant = number ? atoi(number) : 0;
    }
}
#define without(rule) (c_expr { mutant } == rule)
#define replayed (mutant == STOC_IS_CHECKED || mutant == CTOS_IS_CHECKED)
#else
#define without(rule) false
#define replayed 0
#endif

#ifndef TICKETS
#define TICKETS 2
#endif
#ifndef TAPES
#define TAPES 1
#endif
#ifdef BLOCKS
#define DOUBLES 1
#else
#define DOUBLES 0
#endif

/* Messages to the MU, then messages to a CU. Numbers, because the C below wants them. */
#define STAGE     1             /* a ticket's part M on SAP 4 */
#define AARQ      2
#define PASS3     3
#define GET       4             /* the Pairing object's state, or any reading */
#define COMMIT    5
#define ASK       6             /* SAP 16: the tombstone */
#define HINT      7             /* the plain answer to STAGE */
#define AARE      8
#define PASS4     9
#define STATE     10
#define RECEIPT   11
#define TOMBSTONE 12

#define ACTIVE    0             /* SAP 2 */
#define PENDING   1             /* SAP 3 */

#define STRANGER  2             /* "who" of what the attacker sends */

/* Challenges. 0: nobody waits for it any more. A session is known by the challenge of its unit. */
#define CTOS(c)   (1 + (c))
#define STOC(s)   (3 + (s))

#define CHALLENGED 1            /* phases of an association */
#define OPEN       2

#define STAGED    1             /* what a HINT says */
#define REFUSED   2
#define COMMITTED 3

#define READ      1             /* what a unit is at: its readings */
#define ASK_FIRST 2             /* (a), ticket used before */
#define DELIVER   3             /* (b) */
#define DECIDE    4             /* (a) after (b) */
#define SETTLE    5             /* in (b), before the commit: what became of the ticket before */

typedef Message
{
    unsigned kind : 4;
    unsigned who  : 2;          /* the unit it is from or for: a plain address, nobody relies on it */
    unsigned sap  : 1;
    unsigned key  : 2;          /* the ticket whose keys protect it */
    unsigned ctr  : 4;
    unsigned ch   : 3;          /* AARQ, AARE, PASS3, PASS4: the challenge. Else a ghost: the session it belongs to */
    unsigned val  : 2           /* STATE: committed epoch; TOMBSTONE: epoch that replaced; HINT: what it says */
}

typedef Association
{
    unsigned phase : 2;
    unsigned key   : 2;
    unsigned floor : 4;
    unsigned ctos  : 3
}

Message wire;                   /* one message at a time, in the attacker's hands until its receiver takes it */
Message tape[TAPES + 1];        /* what the attacker keeps, to play at any time */

/* Key office. */
byte issued;                    /* tickets are issued with rising epochs, whatever crashes (tested with the ledger) */
byte owner[4];                  /* the CU a ticket names */

/* MU, durable. The first three and the receipt are one record at commit. */
byte act, pend, tombstone;      /* tickets; 0: none. Tombstone: under the keys of this ticket */
byte receipt;
byte remnant;                   /* replaced keys still in the store */
byte mctr[4];                   /* sending counter in the record of each pairing, reserved ahead */

/* MU, volatile. */
Association assoc[2];           /* SAP 2 and SAP 3 */

/* CU, durable. Sets of tickets are bit masks. */
byte cuAct[2], holds[2], begun[2];  /* begun: a commit was begun with it; the MU may have committed it */
byte grave[2];                  /* the epoch of the last tombstone that was obeyed */
byte cctr[4];                   /* sending counter of the one unit that can open the ticket: see "counters" */
#ifdef STUCK
byte stuck[2];                  /* a ticket that the store does not erase */
byte sctr[4];                   /* the counter in its record: as it was when it became the pairing */
#define stuckOf(u) stuck[u]
#else
#define stuckOf(u) 0
#endif

/* CU, volatile: keys and receive floor of its session, and the block that is reserved for it. */
byte skey[2], sfloor[2];
byte room[2];                   /* values of the block that are not used yet */
short ahead[2];                 /* the record less the counter; room, unless a rule was taken away */
bit doubled[2];                 /* the next block has two values, not one */

/* Ghosts: nothing depends on them. */
byte cused[4], mused[4];        /* highest counter ever used under the key */
byte written;                   /* tickets whose keys have been written into the MU */
byte opened;                    /* tickets that a CU has opened */
bool wiped[2], wipedOnce;
bool quiet;
bit turn, alternate[2];         /* when quiet: the units' back-off, and each one's turns between ticket and readings */

hidden byte t, k;

#define bitOf(x) (1 << (x))

/* ---- counters ----------------------------------------------------------------------------------------------------
 * Only the order of counters matters, so those of one key and side that anybody still knows are kept as ranks: states
 * stay finite, runs unbounded. A CU that opens a ticket again starts at another random value: below (1...) or above
 * (MIDDLE + 1...) all it used before, and never met again by counting.
 *
 * With BLOCKS a CU reserves one value after a start, and two at once from the second reservation on; else one at a time,
 * as the MU does. cctr is the last value used, and what its record says is kept as the distance to it, since ranks have
 * none: a start takes up the counter where the record is.
 */
#define MIDDLE 8

c_decl
{
    static unsigned ranked(unsigned known, unsigned x)
    {
        unsigned range = x < MIDDLE ? 0x00FEu : 0xFE00u;
        return (x < MIDDLE ? 0 : MIDDLE) + __builtin_popcount(known & range & ((2u << x) - 1));
    }
}

#define SEE(x)  known |= 1u << x;
#define RANK(x) x = ranked(known, x);

#define sentByCu(m) (m.kind == PASS3 || m.kind == GET || m.kind == COMMIT)
#define sentByMu(m) (m.kind == PASS4 || m.kind == STATE || m.kind == RECEIPT)

#ifdef STUCK
#define STUCK_COUNTERS(DO) if ((now.stuck[0] | now.stuck[1]) & (1 << i)) { DO(now.sctr[i]) }
#else
#define STUCK_COUNTERS(DO)
#endif

#define COUNTERS_OF_CU(DO) \
    DO(now.cctr[i]) DO(now.cused[i]) STUCK_COUNTERS(DO) \
    for (j = 0; j < 2; j++) { if (now.assoc[j].key == i) { DO(now.assoc[j].floor) } } \
    if (sentByCu(now.wire) && now.wire.key == i) { DO(now.wire.ctr) } \
    for (j = 0; j < TAPES; j++) { if (sentByCu(now.tape[j]) && now.tape[j].key == i) { DO(now.tape[j].ctr) } }

#define COUNTERS_OF_MU(DO) \
    DO(now.mctr[i]) DO(now.mused[i]) \
    for (j = 0; j < 2; j++) { if (now.skey[j] == i) { DO(now.sfloor[j]) } } \
    if (sentByMu(now.wire) && now.wire.key == i) { DO(now.wire.ctr) } \
    for (j = 0; j < TAPES; j++) { if (sentByMu(now.tape[j]) && now.tape[j].key == i) { DO(now.tape[j].ctr) } }

/* What is kept is worth keeping while a key, an open challenge or a ticket makes use of it. */
#define heldBy(u, k) (now.cuAct[u] == k || (now.holds[u] & (1 << k)))
#define covers(m) (m.ch != 0 || (m.kind != PASS3 && m.kind != PASS4) || replayed)
#define useful(m) (covers(m) && ((sentByCu(m) && m.key >= now.act) || (sentByMu(m) && heldBy(now.owner[m.key], m.key))))

c_code
{
    static void squeezed(void)
    {
        unsigned known;
        int i, j;
        for (j = 0; j < TAPES; j++)
        {
            if (!useful(now.tape[j]))
            {
                now.tape[j].kind = now.tape[j].sap = now.tape[j].key = 0;
                now.tape[j].ctr = now.tape[j].ch = now.tape[j].val = 0;
            }
        }

        for (i = 1; i <= TICKETS; i++)
        {
            if (i < now.act)
            {
                now.mctr[i] = now.mused[i] = 0;
            }

#ifndef WIPE
            if (!heldBy(0, i) && !heldBy(1, i))
            {
                now.cctr[i] = now.cused[i] = 0;
            }
#endif
            known = 0;
            COUNTERS_OF_CU(SEE)
            COUNTERS_OF_CU(RANK)
            known = 0;
            COUNTERS_OF_MU(SEE)
            COUNTERS_OF_MU(RANK)
        }
    }
}

inline squeeze()
{
    c_code { squeezed(); }
}

/* Strictly rising; and, unless the rule is taken away, by no leap that only another random start could explain. */
#define follows(ctr, floor) (ctr > floor && ((ctr < MIDDLE) == (floor < MIDDLE) || without(NO_LEAPS)))

/* ---- the line ---------------------------------------------------------------------------------------------------- */

inline copy(to, from)
{
    to.kind = from.kind; to.who = from.who; to.sap = from.sap; to.key = from.key;
    to.ctr = from.ctr; to.ch = from.ch; to.val = from.val
}

inline clear(m)
{
    m.kind = 0; m.who = 0; m.sap = 0; m.key = 0; m.ctr = 0; m.ch = 0; m.val = 0
}

/* Puts a message on the line; who stays as it is. */
inline put(kind_, key_, ctr_, ch_, val_)
{
    wire.kind = kind_; wire.key = key_; wire.ctr = ctr_; wire.ch = ch_; wire.val = val_
}

/* Nobody waits for challenge x any more. */
inline forget(x)
{
    if :: wire.ch == x -> wire.ch = 0 :: else fi;
    if :: tape[0].ch == x -> tape[0].ch = 0 :: else fi;
#if TAPES > 1
    if :: tape[1].ch == x -> tape[1].ch = 0 :: else fi;
#endif
    if :: assoc[0].ctos == x -> assoc[0].ctos = 0 :: else fi;
    if :: assoc[1].ctos == x -> assoc[1].ctos = 0 :: else fi
}

/* ---- metering unit ----------------------------------------------------------------------------------------------- */

inline shut(s_)
{
    forget(STOC(s_));
    assoc[s_].phase = 0; assoc[s_].key = 0; assoc[s_].floor = 0; assoc[s_].ctos = 0
}

inline bootMeter()
{
    d_step
    {
        shut(ACTIVE); shut(PENDING);
        if :: without(BOOT_ENDS_ERASURE) :: else -> remnant = 0 fi;
        squeeze()
    }
}

/* Answers under the keys of k_. The counter is durable before it is used, and counts as used from then on. */
inline answer(kind_, k_, ch_, val_)
{
    d_step { assert(mctr[k_] + 1 > mused[k_]); mctr[k_]++; mused[k_] = mctr[k_] }
    if
    :: !quiet ->                                                                                        /* CUT */
       d_step { if :: without(METER_COUNTS_FIRST) -> mctr[k_]-- :: else fi; clear(wire) }
       bootMeter()
    :: d_step { put(kind_, k_, mctr[k_], ch_, val_); squeeze() }
    fi
}

/* A plain answer: the attacker needs none, it can make one. */
inline say(kind_, key_, ch_, val_)
{
    d_step { if :: wire.who == STRANGER -> clear(wire) :: else -> put(kind_, key_, 0, ch_, val_) fi; squeeze() }
}

inline ignore()
{
    d_step { clear(wire); squeeze() }
}

inline play(m)
{
    d_step { copy(wire, m); wire.who = STRANGER }
}

inline inject(kind_, key_, ch_)
{
    d_step { wire.who = STRANGER; put(kind_, key_, 0, ch_, 0) }
}

/* The request is protected by the keys of the association and later than what came before. */
#define verified(s_) (assoc[s_].phase == OPEN && wire.key == assoc[s_].key && follows(wire.ctr, assoc[s_].floor))

#define free (wire.kind == 0 && !quiet)

active proctype Meter()
{
    bit s;
    unsigned key : 2;
    unsigned ch  : 3;

end:
    do
    :: atomic { !quiet && (assoc[ACTIVE].phase || assoc[PENDING].phase) -> bootMeter() }                /* CUT */
    :: atomic
       {
           if
           :: wire.kind != 0 && wire.kind <= ASK

           /* The attacker plays what it kept, stages any ticket, and asks for associations with any challenge. */
           :: free && sentByCu(tape[0]) -> play(tape[0])
#if TAPES > 1
           :: free && sentByCu(tape[1]) -> play(tape[1])
#endif
           :: free && issued >= 1 -> inject(STAGE, 1, 0)
           :: free && issued >= 2 -> inject(STAGE, 2, 0)
           :: free && issued >= 3 -> inject(STAGE, 3, 0)
           :: free && act -> inject(AARQ, act, 0)
           :: free && pend -> inject(AARQ, pend, 0)
           :: free && act && skey[0] -> inject(AARQ, act, CTOS(0))
           :: free && act && skey[1] -> inject(AARQ, act, CTOS(1))
           :: free && pend && skey[0] -> inject(AARQ, pend, CTOS(0))
           :: free && pend && skey[1] -> inject(AARQ, pend, CTOS(1))
           fi;
           key = wire.key;
           s = wire.sap;
           if
           :: wire.kind == AARQ || wire.kind == PASS3 || wire.kind == GET ->
              if :: true :: !quiet -> s = 1 - s fi          /* diverted to the other SAP */
           :: else
           fi;

           if
           :: wire.kind == STAGE ->
              if
              :: key == act -> say(HINT, 0, 0, COMMITTED)
              :: key == pend && !without(SAME_TICKET_IS_KEPT) -> say(HINT, 0, 0, STAGED)
              :: key < act && !without(OLD_EPOCH_IS_REFUSED) -> say(HINT, 0, 0, REFUSED)
              :: key < pend && !without(LOWER_EPOCH_IS_REFUSED) -> say(HINT, 0, 0, REFUSED)
              :: else ->
                 d_step
                 {
                     /* A replayed ticket never changes keys. (The mutant is to be caught by its counter.) */
                     assert(!(written & bitOf(key)) || without(SAME_TICKET_IS_KEPT));
                     written = written | bitOf(key);
                     pend = key;
                     mctr[key] = 0;
                     if :: without(STAGING_SHUTS_SAP_3) :: else -> shut(PENDING) fi
                 }
                 if :: !quiet -> ignore(); bootMeter() :: say(HINT, 0, 0, STAGED) fi                    /* CUT */
              fi

           :: wire.kind == AARQ && key && key == (s == ACTIVE -> act : pend) ->
              d_step
              {
                  ch = wire.ch;
                  shut(s);
                  assoc[s].phase = CHALLENGED;
                  assoc[s].key = key;
                  assoc[s].ctos = ch
              }
              say(AARE, 0, STOC(s), 0)

           :: wire.kind == PASS3 && assoc[s].phase == CHALLENGED && key == assoc[s].key &&
               (wire.ch == STOC(s) || without(STOC_IS_CHECKED)) ->
              d_step
              {
                  ch = assoc[s].ctos;
                  assoc[s].phase = OPEN;
                  assoc[s].floor = (without(METER_FLOOR_FROM_PASS_3) -> 0 : wire.ctr);
                  forget(STOC(s))
              }
              answer(PASS4, key, ch, 0)

           :: wire.kind == GET && verified(s) ->
              d_step
              {
                  ch = assoc[s].ctos;
                  assert(wire.ch == ch);                    /* of this very session, nothing older */
                  assert(s == PENDING || key == act);       /* only the active pairing is served */
                  assoc[s].floor = wire.ctr
              }
              answer(STATE, key, ch, act)

           :: wire.kind == COMMIT && verified(PENDING) &&      /* SAP 2 has no such method */
               (key == pend || without(STAGING_SHUTS_SAP_3)) ->
              d_step
              {
                  ch = assoc[PENDING].ctos;
                  assert(wire.ch == ch);
                  assert(pend > act);                       /* the committed epoch never decreases */
                  assert(key == pend);                      /* and it is the unit it names that commits */
                  remnant = act;
                  tombstone = act;
                  receipt = pend;
                  act = (without(COMMIT_IS_ONE_WRITE) -> 0 : pend);
                  pend = 0;
                  if :: without(COMMIT_SHUTS_SAP_2) :: else -> shut(ACTIVE) fi;
                  shut(PENDING)
              }
              if
              :: !quiet -> ignore(); bootMeter()                                                        /* CUT */
              :: true ->
                 d_step { act = receipt; remnant = 0 }
                 answer(RECEIPT, key, ch, 0)
              fi

           :: wire.kind == ASK && tombstone -> say(TOMBSTONE, tombstone, 0, act)

           :: else ->                                       /* a second and a log entry, nothing else */
              if :: wire.kind == PASS3 && s == PENDING && without(FAILURE_ERASES_NOTHING) -> pend = 0 :: else fi;
              ignore()
           fi;
           d_step { s = 0; key = 0; ch = 0 }
       }
    od
}

/* ---- communication unit ------------------------------------------------------------------------------------------ */

#define me (_pid - 1)               /* the meter's process is number 0 */

#define newest(set) (set & 8 -> 3 : (set & 4 -> 2 : 1))
#define oldest(set) (set & 2 -> 1 : (set & 4 -> 2 : 3))
#define upTo(x)     (bitOf(x + 1) - 1)

#ifdef ALONE
#define mayStart (skey[1 - me] == 0 && (!quiet || turn == me))
#else
#define mayStart (!quiet || turn == me)
#endif

/*
 * A message that this unit takes from the line, or that an attacker hands to it. The timeout takes what is under way
 * off the line: what comes later than that is on a tape.
 */
#define taken(m, kind_) (m.kind == kind_ && m.key == skey[me])
#define isPass4(m) (taken(m, PASS4) && (m.ch == CTOS(me) || without(CTOS_IS_CHECKED)))
#define isAnswer(m) (taken(m, (plan == DELIVER -> RECEIPT : STATE)) && follows(m.ctr, sfloor[me]))
#define onLine(is) (is(wire) && (!quiet || wire.who == me))
#if TAPES > 1
#define hear(is) \
    if \
    :: onLine(is) \
    :: !quiet && is(tape[0]) -> play(tape[0]) \
    :: !quiet && is(tape[1]) -> play(tape[1]) \
    fi
#else
#define hear(is) \
    if \
    :: onLine(is) \
    :: !quiet && is(tape[0]) -> play(tape[0]) \
    fi
#endif

#define silent (!quiet || !(wire.kind && wire.who == me))

inline hangUp()
{
    d_step { if :: wire.who == me -> clear(wire); squeeze() :: else fi }
}

inline request(kind_, ch_)
{
    d_step
    {
        wire.who = me;
        wire.sap = (plan == DELIVER || plan == SETTLE -> PENDING : ACTIVE);
        put(kind_, skey[me], cctr[skey[me]], ch_, 0);
        squeeze()
    }
}

/* A counter is durable before it is used, and counts as used from then on. */
inline count()
{
    d_step
    {
        if
        :: room[me] == 0 ->
           room[me] = 1 + doubled[me];
           ahead[me] = ahead[me] + (without(BLOCK_IS_WRITTEN_WHOLE) -> 1 : room[me]);
           doubled[me] = DOUBLES
        :: else
        fi;
        cctr[skey[me]]++;
        room[me]--;
        ahead[me]--;
        assert(cctr[skey[me]] > cused[skey[me]]);
        assert(cctr[skey[me]] != MIDDLE && cctr[skey[me]] < 2 * MIDDLE);    /* ranks have room */
        cused[skey[me]] = cctr[skey[me]]
    }
}

/* What is left of the block is never used: the counter goes on where its record is. */
inline leaveBlock()
{
    cctr[skey[me]] = cctr[skey[me]] + ahead[me]; room[me] = 0; ahead[me] = 0; doubled[me] = 0
}

inline eraseTickets(x)
{
    d_step { holds[me] = holds[me] & (~upTo(x) | stuckOf(me)); begun[me] = begun[me] & ~upTo(x) }
}

/* Tickets that may be used: whatever the store has erased, none of before the pairing, nor of before a tombstone. */
#define usable (holds[me] & ~upTo(cuAct[me]) & ~(without(TOMBSTONE_KEEPS_SHUT) -> 0 : upTo(grave[me] - 1)))

/* Tickets of before this one that may be committed. */
#define before  (begun[me] & upTo(skey[me] - 1))
#define settles (before && !without(ONE_MAY_BE_COMMITTED))

active [2] proctype Unit()
{
    unsigned plan : 3;
    unsigned stoc : 3;

boot:
    atomic
    {
        d_step
        {
            leaveBlock();
            forget(CTOS(me)); skey[me] = 0; sfloor[me] = 0; plan = 0; stoc = 0;
            if :: wire.who == me && wire.kind -> wire.who = STRANGER :: else fi;
            squeeze()
        }
        if :: cuAct[me] && (holds[me] & upTo(cuAct[me])) -> eraseTickets(cuAct[me]) :: else fi
    }

end:
    if
    :: atomic
       {
           wire.kind == 0 && usable && mayStart && (!quiet || !cuAct[me] || !alternate[me]) ->
           skey[me] = newest(usable);
           if
           :: true
           :: !quiet -> skey[me] = oldest(usable)           /* the newest one was refused */
           fi;
#ifdef STUCK
           if :: stuck[me] & bitOf(skey[me]) -> cctr[skey[me]] = sctr[skey[me]] :: else fi;
#endif
           if
           :: (begun[me] & bitOf(skey[me])) && !without(STATE_DECIDES) -> plan = ASK_FIRST; goto associate
           :: else
           fi;
           plan = DELIVER
       }
    :: atomic
       {
           cuAct[me] && wire.kind == 0 && mayStart && (!quiet || !usable || alternate[me]) ->
           skey[me] = cuAct[me];
           plan = READ;
           goto associate
       }
    :: atomic { quiet && turn == me && !usable && !cuAct[me] -> turn = 1 - me; goto end }
    fi;

deliver:
    atomic { wire.kind == 0 -> wire.who = me; put(STAGE, skey[me], 0, 0, 0) }
    if
    :: atomic { wire.kind == HINT && wire.who == me -> clear(wire) }
    :: atomic
       {
           silent -> hangUp();
           if
           :: true
           :: !quiet -> plan = DECIDE                       /* a forged refusal may end (b) early */
           :: without(REFUSAL_ERASES_NOTHING) -> holds[me] = holds[me] & ~bitOf(skey[me]); goto boot
           :: without(HINT_DECIDES_NOTHING) -> goto paired
           fi
       }
    :: !quiet -> goto boot                                                                              /* CUT */
    fi;

associate:
    atomic
    {
        wire.kind == 0 ->
        d_step
        {
            forget(CTOS(me));
            sfloor[me] = 0;
            wire.who = me;
            wire.sap = (plan == DELIVER -> PENDING : ACTIVE);
            put(AARQ, skey[me], 0, CTOS(me), 0);
            squeeze()
        }
    }
    if
    :: atomic
       {
           if
           :: wire.kind == AARE && wire.who == me -> stoc = wire.ch; clear(wire)
           :: !quiet -> hangUp(); stoc = 0                  /* AARE is plain: any challenge may be in it */
           :: !quiet && assoc[ACTIVE].phase == CHALLENGED -> hangUp(); stoc = STOC(ACTIVE)
           :: !quiet && assoc[PENDING].phase == CHALLENGED -> hangUp(); stoc = STOC(PENDING)
           fi;
           wire.kind == 0;
           count();
           if
           :: !quiet ->                                                                                 /* CUT */
              if :: without(UNIT_COUNTS_FIRST) -> cctr[skey[me]]-- :: else fi;
              goto boot
           :: request(PASS3, stoc)
           fi;
           stoc = 0
       }
    :: atomic { silent -> hangUp(); goto failed }
    :: !quiet -> goto boot                                                                              /* CUT */
    fi;
    if
    :: atomic
       {
           hear(isPass4);
           d_step { sfloor[me] = (without(UNIT_FLOOR_FROM_PASS_4) -> 0 : wire.ctr); clear(wire) }
           if
           :: without(HLS_DECIDES_NOTHING) && (plan == ASK_FIRST || plan == DECIDE) -> goto paired
           :: else
           fi;
           count();
           if :: !quiet -> goto boot :: true fi;                                                        /* CUT */
           if
           :: plan == DELIVER && !settles -> goto commit
           :: plan == DELIVER && settles -> plan = SETTLE
           :: else
           fi;
           request(GET, CTOS(me))
       }
    :: atomic { silent -> hangUp(); goto failed }
    :: !quiet -> goto boot                                                                              /* CUT */
    fi;

answered:
    if
    :: atomic
       {
           hear(isAnswer);
           assert(wire.ch == CTOS(me));                     /* of this very session, nothing older */
           if
           :: plan == READ -> ignore(); goto done
           :: plan == SETTLE && bitOf(wire.val) == before ->
              ignore();
              d_step { leaveBlock(); skey[me] = newest(before) }    /* (a) with it */
              plan = ASK_FIRST;
              goto associate
           :: plan == SETTLE && bitOf(wire.val) != before ->
              ignore();
              eraseTickets(skey[me] - 1);                   /* below the pending one: never committed any more */
              plan = DELIVER;
              if :: !quiet -> goto boot :: true fi;                                                     /* CUT */
              count();
              if :: !quiet -> goto boot :: true fi;                                                     /* CUT */
              goto commit
           :: plan == DELIVER ->
              ignore();
              if :: without(STATE_DECIDES) -> goto paired :: else -> plan = DECIDE; goto associate fi
           :: else ->
              if
              :: wire.val == skey[me] -> ignore(); goto paired
              :: else -> ignore(); goto failed
              fi
           fi
       }
    :: atomic { silent -> hangUp(); goto failed }
    :: !quiet -> goto boot                                                                              /* CUT */
    fi;

commit:
    atomic
    {
        d_step
        {
            begun[me] = begun[me] | bitOf(skey[me]);
            /* A lost store has forgotten which was begun, and a diverted SAP 3 can make it begin both: then both stay. */
            assert(begun[me] == bitOf(skey[me]) || wiped[me] || without(ONE_MAY_BE_COMMITTED))
        }
        if :: !quiet -> goto boot :: true fi;                                                           /* CUT */
        request(COMMIT, CTOS(me));
        goto answered
    }

paired:
    atomic
    {
        if :: without(ACTIVE_BEFORE_ERASING) -> eraseTickets(skey[me]); goto boot :: true fi;
        d_step { assert(skey[me] > cuAct[me]); cuAct[me] = skey[me] }
        if :: !quiet -> goto boot :: true fi;                                                           /* CUT */
#ifdef STUCK
        if
        :: !stuck[me] -> d_step { stuck[me] = bitOf(skey[me]); sctr[skey[me]] = cctr[skey[me]] + ahead[me] }
        :: true
        fi;
#endif
        eraseTickets(cuAct[me]);
        goto done
    }

failed:
    if
    :: atomic { plan == ASK_FIRST -> plan = DELIVER; goto deliver }
    :: plan == DELIVER && without(STATE_DECIDES) -> goto done
    :: atomic { plan == SETTLE || (plan == DELIVER && !without(STATE_DECIDES)) -> plan = DECIDE; goto associate }
    :: plan == DECIDE -> goto done                          /* refused: nothing erased, back to the old pairing */
    :: plan == READ && without(TOMBSTONE_IS_READ) -> goto done
    :: atomic { plan == READ && !without(TOMBSTONE_IS_READ) && wire.kind == 0 -> wire.who = me; put(ASK, 0, 0, 0, 0) }
    fi;
    if
    :: atomic
       {
           wire.kind == TOMBSTONE && wire.who == me ->
           if
           :: wire.key == cuAct[me] && (usable & bitOf(wire.val)) -> skip      /* its own rotation: that ticket is next */
           :: wire.key == cuAct[me] && !(usable & bitOf(wire.val)) ->          /* the old unit retires */
              grave[me] = wire.val;
              if :: !quiet -> clear(wire); goto boot :: true fi;                                        /* CUT */
              eraseTickets(wire.val - 1);
              if :: !quiet -> clear(wire); goto boot :: true fi;                                        /* CUT */
              cuAct[me] = 0
           :: else
           fi;
           clear(wire)
       }
    :: atomic { silent -> hangUp(); if :: true :: without(TOMBSTONE_IS_VERIFIED) -> cuAct[me] = 0 fi }
    :: !quiet -> goto boot                                                                              /* CUT */
    fi;

done:
    atomic
    {
        if :: quiet -> turn = 1 - me; alternate[me] = 1 - alternate[me] :: else fi;
        goto boot
    }
}

/* ---- key office, technician, attacker, faults -------------------------------------------------------------------- */

/* A ticket file is put into a unit: kept when it was made for it and is newer than its pairing. */
#define opens(unit, x) (x <= issued && (owner[x] == unit || without(TICKET_NAMES_ITS_UNIT)))
#define loads(unit, x) (opens(unit, x) && x > cuAct[unit] && x > grave[unit] && !(holds[unit] & bitOf(x)) && !quiet && place(unit, x))

/*
 * A unit holds two tickets. The place of a third is that of the older one of those with which no commit was begun: of
 * one of two, then, and never of one that the MU may have committed. Files are looked at between sessions.
 */
#if TICKETS > 2
#define full(unit, x)   ((holds[unit] | bitOf(x)) == 14)
#define low(x)          (x == 1 -> 2 : 1)
#define high(x)         (x == 3 -> 2 : 3)
#define freed(unit, x)  ((begun[unit] & bitOf(low(x))) && !(begun[unit] & bitOf(high(x))) -> high(x) : low(x))
#define place(unit, x)  (!full(unit, x) || (skey[unit] == 0 && freed(unit, x) < x))
#else
#define place(unit, x)  true
#endif

inline load(unit, x, start)
{
    d_step
    {
#if TICKETS > 2
        if
        :: full(unit, x) ->
           assert(!(begun[unit] & bitOf(freed(unit, x))) || without(ONE_MAY_BE_COMMITTED));
           k = freed(unit, x);
           holds[unit] = holds[unit] & ~bitOf(k);
           begun[unit] = begun[unit] & ~bitOf(k)
        :: else
        fi;
#endif
        holds[unit] = holds[unit] | bitOf(x);
        cctr[x] = start;
        if
        :: without(RANDOM_COUNTER_START)
        :: else -> cused[x] = start                         /* of this start; no other start's can be met */
        fi;
#ifdef WIPE
        opened = opened | bitOf(x);
#endif
        squeeze()
    }
}

#ifndef WIPE
#define LOAD(unit, x) :: loads(unit, x) -> load(unit, x, 0)
#else
#define startsAt(x, m) (!(opened & bitOf(x)) || (m == 0) == (cused[x] >= MIDDLE || without(RANDOM_COUNTER_START)))
#define LOAD(unit, x) \
    :: loads(unit, x) && startsAt(x, 0) -> load(unit, x, 0) \
    :: loads(unit, x) && startsAt(x, MIDDLE) -> load(unit, x, MIDDLE)
#endif

inline wipe(unit)
{
    wipedOnce = true; wiped[unit] = true; cuAct[unit] = 0; holds[unit] = 0; begun[unit] = 0; grave[unit] = 0; squeeze()
}

#define recordable(m) (sentByCu(m) || sentByMu(m))

active proctype World()
{
#ifdef PAIRED
    d_step { issued = 1; act = 1; receipt = 1; cuAct[0] = 1; written = bitOf(1) }
#ifdef WIPE
    opened = bitOf(1);
#endif
#endif
end:
    do
    :: atomic
       {
           issued < TICKETS && !quiet ->
           issued++;
#ifdef SAME
           owner[issued] = 0
#else
           if :: issued > 1 -> owner[issued] = 1 :: owner[issued] = 0 fi      /* which unit is the first is no matter */
#endif
       }
    LOAD(0, 1)
    LOAD(1, 1)
    LOAD(0, 2)
    LOAD(1, 2)
#if TICKETS > 2
    LOAD(0, 3)
    LOAD(1, 3)
#endif
#ifdef WIPE
    :: d_step { !wipedOnce && !quiet && skey[0] == 0 -> wipe(0) }
    :: d_step { !wipedOnce && !quiet && skey[1] == 0 -> wipe(1) }
#endif

    /* The attacker keeps what it hears, and takes what nobody else does off the line. */
    :: d_step { wire.kind && wire.who == STRANGER && !quiet -> clear(wire); squeeze() }
#if TAPES > 0
    :: d_step { recordable(wire) && !quiet -> copy(tape[0], wire); tape[0].who = 0; tape[0].sap = 0; squeeze() }
#endif
#if TAPES > 1
    :: d_step { recordable(wire) && !quiet -> copy(tape[1], wire); tape[1].who = 0; tape[1].sap = 0; squeeze() }
#endif
#ifdef QUIET
    /* From now on messages get through; the unit that the newest ticket names has it. */
    :: d_step
       {
           !quiet && issued == TICKETS &&
               (cuAct[owner[TICKETS]] == TICKETS || (holds[owner[TICKETS]] & bitOf(TICKETS))) ->
           quiet = true;
           clear(wire);
           clear(tape[0]);
#if TAPES > 1
           clear(tape[1]);
#endif
           squeeze()
       }
#endif
    od
}

/* ---- what holds in every state (this process can move only where something does not) ------------------------------ */

#define oneActive      (act == receipt)     /* the receipt names the last commit: none before it, exactly one after */
#define pendingIsNewer (pend == 0 || pend > act)
#define onlyActive     (assoc[ACTIVE].phase == 0 || assoc[ACTIVE].key == act)
#define onlyPending    (assoc[PENDING].phase == 0 || assoc[PENDING].key == pend)
#define nothingLeft    (remnant == 0)
#define named(u)       (cuAct[u] == 0 || owner[cuAct[u]] == u)
#define notBefore(u)   (cuAct[u] <= act)
#define u_             owner[act]
#define rightfulWorks  (act == 0 || wiped[u_] || cuAct[u_] == act || (holds[u_] & bitOf(act)))
#define graveIsOlder   (tombstone == 0 || tombstone < act)

active proctype Watch()
{
end:
    atomic
    {
        !(oneActive && pendingIsNewer && onlyActive && onlyPending && nothingLeft && named(0) && named(1) &&
            notBefore(0) && notBefore(1) && rightfulWorks && graveIsOlder) ->
        assert(oneActive);
        assert(pendingIsNewer);
        assert(onlyActive);
        assert(onlyPending);
        assert(nothingLeft);
        assert(named(0) && named(1));
        assert(notBefore(0) && notBefore(1));
        assert(rightfulWorks);
        assert(graveIsOlder)
    }
}

#ifdef QUIET
#define newestUnit owner[TICKETS]
#define agreed  (act == TICKETS && cuAct[newestUnit] == TICKETS)
#define retired (tombstone == 0 || cuAct[owner[tombstone]] != tombstone)
ltl agree  { [] (quiet -> <> [] agreed) }
ltl retire { [] (quiet -> <> [] retired) }
#endif
