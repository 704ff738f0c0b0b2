/*
 * Orders of the utility to the communication unit (docs/orders.md), for SPIN. README.md beside it is the guide.
 *
 * One metering unit (MU) or two, two communication units or one, the key office, and an attacker who has every file ever
 * made and whatever the Order box can be made to say. The exchange is one step here (exchange.pml has what is in it):
 * the MU commits a ticket, and its unit notices or does not. Tickets and orders have numbers out of one sequence. A
 * d_step is one durable write; between two of them power may fail (CUT).
 *
 * -DNUMBERS=n  tickets and orders ever made, the first ticket included
 * -DUNITS=n, -DMETERS=n   how many there are, 2 and 1 when nothing is said
 * -DONLY       orders only, no more tickets
 * -DFAULTS     a store that does not take a write, or says so of one that it took
 * -DWIPE       a unit's store may be lost once; with -DNEWER only a ticket of after that is used
 * -DQUIET      with the ledger; faults and attacks cease at some time, for the LTL formula
 * -DMUTANTS    one rule can be taken away: MUTANT=number ./pan
 */

/* The rules that can be taken away, one at a time, to see that SPIN notices. */
#define ONE_RECORD                1     /* number, phase and order; not the number alone */
#define RECORD_BEFORE_EFFECT      2
#define ANSWER_AFTER_EFFECT       3
#define BOOT_CARRIES_OUT          4
#define NUMBER_ABOVE_LAST         5
#define NUMBER_ABOVE_EPOCH        6
#define REFUSED_IS_RECORDED       7
#define EXPIRED_IS_RECORDED       8
#define WRONG_METER_IS_RECORDED   9
#define OVERTAKEN_IS_RECORDED    10     /* METERS=2: what is not above the epoch */
#define MADE_FOR_THIS_UNIT       11
#define MADE_FOR_THIS_METER      12     /* METERS=2 */
#define READING_FIRST            13     /* nothing is taken before this start has read, under the active pairing */
#define BEFORE_IS_TOLD           14     /* QUIET: what became of the order before this one */
#define TOMBSTONE_CLOSES_FIRST   15
#define CLOSED_MEANS_CLOSED      16     /* FAULTS: what did not close keeps the pairing */
#define ROTATION_IS_NO_END       17
#define OTHER_METER_CLOSES       18     /* METERS=2 */
#define NO_PAIRING_NO_EFFECT     19     /* at the start, too */
#define STORE_IS_TRIED_AGAIN     20     /* FAULTS: no answer for what the store did not take */
#define SETTLED_AT_ONCE          21     /* FAULTS: when its pairing ends, not at the next start */
#define COMMIT_EMPTIES_BOX       22
#define ANSWER_NAMES_ITS_ORDER   23     /* QUIET */
#define ANSWER_UNTIL_HANDED_OVER 24     /* QUIET */

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
#else
#define without(rule) false
#endif

#ifndef NUMBERS
#define NUMBERS 4
#endif
#ifndef METERS
#define METERS 1
#endif
#ifndef UNITS
#define UNITS 2
#endif

/* Results. */
#define DONE      1
#define OVERTAKEN 2             /* not above the last number, or not above the pairing's epoch */
#define EXPIRED   3
#define REFUSED   4             /* by its kind or body; another time, with other firmware, it might not be */
#define ELSEWHERE 5             /* for another MU */
#define ENDED     6             /* taken, and its pairing ended before it was carried out, which closed everything */

/* What else the ledger knows of an order. */
#define NOT_TAKEN 7             /* the unit has named the ones before and after it, and not it */
#define DEAD      8             /* a ticket of after it was committed at its MU */

/* Phases of the unit's record. */
#define TAKEN       0
#define ANSWERED    1           /* it has its answer, which is still to be handed over */
#define HANDED_OVER 2

typedef Answer
{
    unsigned number : 3;
    unsigned result : 3;
    unsigned before : 3;        /* the order recorded before this one, or last, and its result */
    unsigned was    : 3
}

typedef Record
{
    unsigned number : 3;
    unsigned phase  : 2;
    unsigned result : 3;
    unsigned before : 3;
    unsigned was    : 3
}

/* Key office. */
byte made = 1;                  /* numbers given out; 1 is the ticket that unit 0 is paired with */
byte tickets = 2;               /* which of them are tickets, a bit mask */
bit owner[NUMBERS + 1];         /* the unit that it names */
bit meter[NUMBERS + 1];         /* the MU that it names */

/* MU, durable. */
byte act[METERS];               /* the ticket of the active pairing */
byte tombstone[METERS];         /* the one that was replaced last, 0 for none */
byte box[METERS];               /* the order that waits, 0 for none */

/* Unit, durable. */
byte pairing[UNITS];            /* a ticket */
byte begun[UNITS * METERS];     /* the ticket whose commit was sent to an MU last: it is held while that may matter */
Record record[UNITS];
byte policy[UNITS];             /* effect of an order is to put its number into two records; 0 is closed */
byte network[UNITS];

/* Ghosts. */
byte touched, finished;         /* orders of which one effect was ever written, and both */
byte denied;                    /* orders that an answer says are not carried out from now on */
byte highest[UNITS];            /* number that was answered, not as overtaken */
byte gone[UNITS];               /* order that was taken last when a pairing ended */
bool wiped;                     /* a store was lost */
byte usedFrom;                  /* tickets up to this one are not used any more */
bool left[METERS];              /* an order of the unit before waits in the box */
bool quiet;

#ifdef QUIET
byte known[NUMBERS + 1];        /* the ledger's word on an order, 0 while it is open */
byte posted[METERS];            /* the order that went to the MU last, by the box or by hand */
byte boxed;                     /* orders that were posted, a bit mask; others are files that nobody may ever load */
Answer kept[METERS];            /* MU, durable: the answer, until the next one; emptied here when the office has it */
#endif

#define bitOf(x)     (1 << (x))
#define isTicket(x)  (tickets & bitOf(x))
#define isOrder(x)   ((x) && (x) <= made && !isTicket(x))
#define me           (_pid % UNITS)
#define at           meter[pairing[me]]
#define begunFor(m)  begun[me * METERS + m]
#define reads        (pairing[me] && act[at] == pairing[me])
#define saysNo(x)    (x == OVERTAKEN || x == EXPIRED || x == REFUSED || x == ELSEWHERE)

/* ---- metering unit ----------------------------------------------------------------------------------------------- */

/* The pairing and the box are one write. */
inline commit(m, x)
{
    d_step
    {
        if
        :: act[m] && owner[act[m]] != owner[x] && box[m] ->
           if :: without(COMMIT_EMPTIES_BOX) -> left[m] = true :: else -> box[m] = 0 fi
        :: else
        fi;
        tombstone[m] = act[m];
        act[m] = x
    }
}

/* The answer is kept in any case; the order that waits goes when the answer names it. One write. */
inline takeAnswer(m, n_, r_, b_, w_)
{
    d_step
    {
#ifdef QUIET
        kept[m].number = n_; kept[m].result = r_; kept[m].before = b_; kept[m].was = w_;
#endif
        if :: box[m] == n_ || without(ANSWER_NAMES_ITS_ORDER) -> box[m] = 0 :: else fi
    }
}

/* ---- unit -------------------------------------------------------------------------------------------------------- */

/*
 * What goes onto the line may be kept and brought to the key office at any time: it has to be true, and to stay so. Only
 * of what is older than its record a unit does not say whether it was carried out, but that it will not be.
 */
inline send(n_, r_)
{
    d_step
    {
        assert(owner[n_] == me);
        assert(r_ != DONE || (finished & bitOf(n_)));
        assert(!saysNo(r_) || !(touched & bitOf(n_)) || (r_ == OVERTAKEN && n_ < record[me].number) || wiped);
        if :: saysNo(r_) || r_ == ENDED -> denied = denied | bitOf(n_) :: else fi;
        if :: r_ != OVERTAKEN && highest[me] < n_ -> highest[me] = n_ :: else fi
    }
}

#define isForUs(x)  (pairing[me] && owner[x] == me && meter[x] == at)

/* An effect: one of two durable writes. */
inline put(what, n_)
{
    d_step
    {
        assert(!(denied & bitOf(n_)));                      /* refused is final */
        assert(n_ >= highest[me]);                          /* nothing older than what was answered */
        assert(isForUs(n_));                                /* the unit and the MU that it was made for */
        assert(n_ > gone[me]);                              /* nothing of before its closing comes back */
        what = n_;
        touched = touched | bitOf(n_);
        if :: policy[me] == n_ && network[me] == n_ -> finished = finished | bitOf(n_) :: else fi
    }
}

inline close(what)
{
    d_step { what = 0 }
}

inline note(n_, phase_, r_)
{
    d_step
    {
        if
        :: record[me].number != n_ -> record[me].before = record[me].number; record[me].was = record[me].result
        :: else
        fi;
        record[me].number = n_; record[me].phase = phase_; record[me].result = r_
    }
}

/* A write: power may fail after it; the store may say that it did not take it, which may or may not be so. */
#ifdef FAULTS
#define WRITE(what, otherwise) \
    if \
    :: what; if :: !quiet -> goto otherwise :: !quiet -> goto boot :: true fi \
    :: !quiet -> goto otherwise \
    fi
#else
#define WRITE(what, otherwise) what; if :: !quiet -> goto boot :: true fi                               /* CUT */
#endif

#ifdef WIPE
inline wipe()
{
    d_step
    {
        wiped = true;
        pairing[me] = 0; begunFor(0) = 0; policy[me] = 0; network[me] = 0;
        record[me].number = 0; record[me].phase = 0; record[me].result = 0; record[me].before = 0; record[me].was = 0;
#ifdef NEWER
        usedFrom = made
#endif
    }
}
#endif

#define isOurs(m)   (pairing[me] && pairing[me] == act[m])
#define canUse(x) \
    ((x) <= made && isTicket(x) && owner[x] == me && (x) >= act[meter[x]] && (x) > usedFrom && \
     !(pairing[me] && meter[x] == at && (x) <= pairing[me]) && \
     (!quiet || (act[meter[x]] == (x) && begunFor(meter[x]) == (x))))

#define hasWork \
    (!quiet || box[at] || (record[me].number && record[me].phase != HANDED_OVER))

active [UNITS] proctype Unit()
{
    unsigned n : 3;
    unsigned r : 3;
    bit m;

boot:
    atomic
    {
        n = 0; r = 0; m = 0;
        if :: record[me].number && record[me].phase == TAKEN && !without(BOOT_CARRIES_OUT) -> goto carryOut :: else fi
    }

end:
    if
    :: atomic { canUse(1) -> n = 1; goto exchange }
    :: atomic { canUse(2) -> n = 2; goto exchange }
    :: atomic { canUse(3) -> n = 3; goto exchange }
#if NUMBERS > 3
    :: atomic { canUse(4) -> n = 4; goto exchange }
#endif
#if NUMBERS > 4
    :: atomic { canUse(5) -> n = 5; goto exchange }
#endif
    :: atomic { reads && hasWork -> goto turn }
    :: atomic { pairing[me] && without(READING_FIRST) -> goto take }
    :: atomic
       {
           pairing[me] && tombstone[at] == pairing[me] && (begunFor(at) != act[at] || without(ROTATION_IS_NO_END)) ->
           m = at;
           goto retire
       }
#ifdef WIPE
    :: atomic { !wiped && !quiet && record[me].number -> wipe(); goto boot }
#endif
    fi;

    /* A ticket: exchange.pml is what is in here. */
exchange:
    atomic
    {
        m = meter[n];
        if
        :: begunFor(m) && begunFor(m) == act[m] && !isOurs(m) -> n = begunFor(m)        /* one before it was committed */
        :: else -> begunFor(m) = n
        fi;
        if :: !quiet -> goto boot :: true fi;                                                           /* CUT */
        if
        :: n > act[m] -> commit(m, n)
        :: else
        fi;
        if :: !quiet -> goto boot :: true fi;                                                           /* CUT */
#if METERS > 1
        if
        :: pairing[me] && at != m && !without(OTHER_METER_CLOSES) ->
           WRITE(close(policy[me]), boot);
           WRITE(close(network[me]), boot)
        :: else
        fi
#endif
    }
    atomic
    {
        if
        :: act[m] == n ->
#if METERS > 1
           if :: pairing[me] && at != m -> gone[me] = record[me].number :: else fi;
#endif
           pairing[me] = n
        :: else                                             /* meanwhile there was a newer one */
        fi;
        goto boot
    }

    /* A tombstone under the keys of the pairing. The pairing goes last. */
retire:
    atomic
    {
        assert(owner[act[m]] != me);                        /* nothing is closed but for another unit */
        if
        :: without(TOMBSTONE_CLOSES_FIRST) -> pairing[me] = 0; if :: !quiet -> goto boot :: true fi
        :: else
        fi;
        WRITE(close(policy[me]), unclosed);
        WRITE(close(network[me]), unclosed);
        pairing[me] = 0; gone[me] = record[me].number;
        if :: without(SETTLED_AT_ONCE) -> goto idle :: else -> goto boot fi
    }

unclosed:
    atomic
    {
        if :: without(CLOSED_MEANS_CLOSED) -> pairing[me] = 0 :: else fi;
        goto boot
    }

    /* A turn: what is left of the last order, then another one. */
turn:
    atomic
    {
        if :: reads :: else -> goto boot fi;
        n = record[me].number;
        r = record[me].result;
        if
        :: n && record[me].phase == TAKEN && !without(BOOT_CARRIES_OUT) -> goto carryOut
        :: n && record[me].phase == ANSWERED -> goto handOver
        :: else
        fi;

take:
        n = 0; r = 0;
        if
        :: box[at] -> n = box[at]
        :: !quiet && isOrder(2) -> n = 2                    /* by hand, or from a box that lies */
        :: !quiet && isOrder(3) -> n = 3
#if NUMBERS > 3
        :: !quiet && isOrder(4) -> n = 4
#endif
#if NUMBERS > 4
        :: !quiet && isOrder(5) -> n = 5
#endif
        :: else -> goto boot
        fi;
        if :: owner[n] != me && !without(MADE_FOR_THIS_UNIT) -> goto boot :: else fi;
        if
        :: n == record[me].number ->
           r = (record[me].phase == TAKEN -> OVERTAKEN : record[me].result);
           goto handOver
        :: n < record[me].number && !without(NUMBER_ABOVE_LAST) -> r = OVERTAKEN; goto handOver
        :: else
        fi;
        if
        :: meter[n] != at && !without(MADE_FOR_THIS_METER) ->
           r = ELSEWHERE;
           if :: without(WRONG_METER_IS_RECORDED) -> goto handOver :: else fi
        :: n <= pairing[me] && !without(NUMBER_ABOVE_EPOCH) ->
           r = OVERTAKEN;
           if :: without(OVERTAKEN_IS_RECORDED) -> goto handOver :: else fi
        :: else ->
           if
           :: true
#ifndef QUIET
           :: r = EXPIRED; if :: without(EXPIRED_IS_RECORDED) -> goto handOver :: else fi      /* the clock may be set back */
#endif
           :: r = REFUSED; if :: without(REFUSED_IS_RECORDED) -> goto handOver :: else fi
           fi
        fi;
        if
        :: r == 0 ->
           assert(n > act[at]);                             /* nothing of before the last ticket is taken */
           if
           :: without(RECORD_BEFORE_EFFECT)
           :: without(ONE_RECORD) -> WRITE(note(n, HANDED_OVER, OVERTAKEN), idle)
           :: without(ANSWER_AFTER_EFFECT) -> record[me].number = n; record[me].phase = ANSWERED; r = DONE; goto handOver
           :: else -> WRITE(note(n, TAKEN, 0), idle)
           fi
        :: else -> WRITE(note(n, ANSWERED, r), idle); goto handOver
        fi
    }
    goto carry;

    /* At a start, and whenever the store did not take it: what was taken is carried out, unless its pairing is over. */
carryOut:
    atomic
    {
        n = record[me].number;
        if
        :: isForUs(n) || without(NO_PAIRING_NO_EFFECT)
        :: else -> note(n, ANSWERED, ENDED); goto boot
        fi
    }

carry:
    atomic
    {
        WRITE(put(policy[me], n), untaken)
    }
    atomic
    {
        WRITE(put(network[me], n), untaken)
    }
    atomic
    {
        r = DONE;
        WRITE(note(n, ANSWERED, DONE), untaken)
    }

    /* The answer goes out under the active pairing alone. It may be lost, and so may the reply to it. */
handOver:
    atomic
    {
        if :: reads :: else -> goto idle fi;
        send(n, r);
        if
        :: n != record[me].number -> takeAnswer(at, n, r, record[me].number, record[me].result)
        :: else ->
           if
           :: without(ANSWER_UNTIL_HANDED_OVER) -> record[me].phase = HANDED_OVER; if :: goto boot :: true fi
           :: else
           fi;
           if
           :: without(BEFORE_IS_TOLD) -> takeAnswer(at, n, r, 0, 0)
           :: else -> takeAnswer(at, n, r, record[me].before, record[me].was)
           fi
        fi;
        if :: !quiet -> goto boot :: true fi;                                                           /* CUT */
        if :: n == record[me].number -> record[me].phase = HANDED_OVER :: else fi;
        if :: !quiet -> goto boot :: goto idle fi                                                       /* CUT */
    }

untaken:
    atomic
    {
        if
        :: without(STORE_IS_TRIED_AGAIN) -> r = REFUSED; note(n, ANSWERED, REFUSED); goto handOver
        :: else
        fi
    }

idle:
    atomic { n = 0; r = 0; m = 0; goto end }
}

/* ---- key office, utility, time ----------------------------------------------------------------------------------- */

inline make(isTicket_, owner_, meter_)
{
    d_step
    {
        made++;
        tickets = tickets | (isTicket_ << made);
        owner[made] = owner_;
        meter[made] = meter_
    }
}

/* A newer one in place of what waits. */
inline post(m, n_)
{
    d_step { box[m] = n_; left[m] = false }
}

#ifdef QUIET
#define isFinal(x)      (known[x] != 0 && known[x] != OVERTAKEN && known[x] != DEAD)
#define ofUnit(x, u)    (isOrder(x) && owner[x] == (u))

/* What an answer says of another order of that unit than the one it answers. */
#define LEARN(x) \
    if \
    :: ofUnit(x, owner[kept[m].number]) && !isFinal(x) && x != kept[m].number -> \
       if \
       :: x == kept[m].before -> known[x] = (kept[m].was == ENDED -> DEAD : kept[m].was) \
       :: x < kept[m].before && known[x] == 0 -> known[x] = OVERTAKEN \
       :: x > kept[m].before && x < kept[m].number -> \
          assert(!(touched & bitOf(x))); \
          denied = denied | bitOf(x); \
          known[x] = NOT_TAKEN \
       :: else \
       fi \
    :: else \
    fi

inline learn(m)
{
    d_step
    {
        if
        :: !isFinal(kept[m].number) -> known[kept[m].number] = (kept[m].result == ENDED -> DEAD : kept[m].result)
        :: else
        fi;
        LEARN(2);
        LEARN(3);
#if NUMBERS > 3
        LEARN(4);
#endif
#if NUMBERS > 4
        LEARN(5);
#endif
        kept[m].number = 0; kept[m].result = 0; kept[m].before = 0; kept[m].was = 0
    }
}

/* The receipt names the active pairing: orders of before it are dead. */
#define BURY(x)      :: isOrder(x) && x < act[meter[x]] && known[x] == 0 -> known[x] = DEAD

#define isMeant(x)   (act[meter[x]] && owner[x] == owner[act[meter[x]]] && x > act[meter[x]])
#define mayPost(x)   (isOrder(x) && x > posted[meter[x]] && known[x] == 0)
#define POST(x) \
    :: mayPost(x) && isMeant(x) -> \
       d_step { posted[meter[x]] = x; boxed = boxed | bitOf(x); box[meter[x]] = x; left[meter[x]] = false } \
    :: mayPost(x) && !quiet -> posted[meter[x]] = x

/* The ledger has a word on it; or it is a file that nobody has loaded; or it is for a unit that is not there yet. */
#define isTold(x) \
    (!isOrder(x) || known[x] || !((isMeant(x) && pairing[owner[x]] == act[meter[x]]) || x < act[meter[x]]) || \
     (!(boxed & bitOf(x)) && x > record[owner[x]].number))
#else
#define POST(x) :: isOrder(x) && made == x && box[meter[x]] != x -> post(meter[x], x)
#endif

active proctype World()
{
    d_step { pairing[0] = 1; act[0] = 1 }
end:
    do
    :: made < NUMBERS && !quiet -> make(false, 0, 0)
#ifndef ONLY
    :: made < NUMBERS && !quiet -> make(true, 0, 0)
#endif
#if UNITS > 1
    :: made < NUMBERS && !quiet -> make(true, 1, 0)
    :: made < NUMBERS && !quiet -> make(false, 1, 0)
#endif
#if METERS > 1
    :: made < NUMBERS && !quiet -> make(true, 0, 1)
    :: made < NUMBERS && !quiet -> make(false, 0, 1)
#endif
    POST(2)
    POST(3)
#if NUMBERS > 3
    POST(4)
#endif
#if NUMBERS > 4
    POST(5)
#endif
#ifdef QUIET
    :: kept[0].number -> learn(0)
#if METERS > 1
    :: kept[1].number -> learn(1)
#endif
    BURY(2)
    BURY(3)
#if NUMBERS > 3
    BURY(4)
#endif
#if NUMBERS > 4
    BURY(5)
#endif
    /* From now on messages get through, and power stays. */
    :: d_step { made == NUMBERS && !quiet -> quiet = true }
    :: else -> skip                                         /* nothing left to do: time goes on */
#endif
    od
}

/* ---- what holds in every state (this process can move only where something does not) ------------------------------ */

#define isOpen(u)      (policy[u] || network[u])
#define closed(u)      (pairing[u] || !isOpen(u))           /* without a pairing nothing is open */
#define inPlace(u, x)  (x == 0 || meter[x] == meter[pairing[u]])
#define here(u)        (inPlace(u, policy[u]) && inPlace(u, network[u]))    /* nothing of another MU is */
#if UNITS > 1
#define allClosed      (closed(0) && closed(1))
#define allHere        (here(0) && here(1))
#else
#define allClosed      closed(0)
#define allHere        here(0)
#endif
#define emptied        (!left[0])

active proctype Watch()
{
end:
    atomic
    {
        !(allClosed && allHere && emptied) ->
        assert(allClosed);
        assert(allHere);
        assert(emptied)
    }
}

#ifdef QUIET
#if NUMBERS > 3
#define allTold (isTold(2) && isTold(3) && isTold(4))
#else
#define allTold (isTold(2) && isTold(3))
#endif
ltl told { [] (quiet -> <> [] allTold) }
#endif
