using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>What a misbehaving metering unit does; all off in a good one. Each holds until it is switched
    /// off.</summary>
    public sealed class MeteringUnitFaults
    {
        /// <summary>Takes bytes and says nothing.</summary>
        public bool NeverAnswers { get; set; }

        /// <summary>Flips a bit of the tag of every ciphered response.</summary>
        public bool WrongTag { get; set; }

        /// <summary>Flips a bit of the proof in HLS pass 4.</summary>
        public bool WrongProof { get; set; }

        /// <summary>Ciphers with the counter of the message before.</summary>
        public bool ReplaysCounter { get; set; }

        /// <summary>Leaves out so many counters before each message, which is allowed.</summary>
        public int SkipsCounters { get; set; }

        /// <summary>Challenges with the client's own challenge.</summary>
        public bool EchoesChallenge { get; set; }

        /// <summary>Challenges with zeros.</summary>
        public bool WeakChallenge { get; set; }

        /// <summary>Answers with the client's own system title.</summary>
        public bool EchoesTitle { get; set; }

        /// <summary>Answers with another invoke id.</summary>
        public bool WrongInvokeId { get; set; }

        /// <summary>Answers every attribute with null-data.</summary>
        public bool WrongTypes { get; set; }

        /// <summary>Leaves the last result out of a list.</summary>
        public bool ShortList { get; set; }

        /// <summary>Longest block of a long GET in bytes; 0 = what the PDU size allows.</summary>
        public int BlockLength { get; set; }

        /// <summary>Answers every ciphered request with an exception that carries this as the expected
        /// counter.</summary>
        public uint? ExceptionCounter { get; set; }

        /// <summary>Restarts instead of answering the request after so many more; -1 = never.</summary>
        public int RestartsAfter { get; set; } = -1;

        /// <summary>Answers every ticket with this result, as anybody at the line can, and takes none.</summary>
        public PairingResult? ForgedStageResult { get; set; }

        /// <summary>What the Order box gives as the order at each reading in place of its own, and it says that one waits;
        /// null = its own.</summary>
        public Func<byte[]> GivesOrder { get; set; }

        /// <summary>The Order box gives the first half of an order.</summary>
        public bool HalvesOrders { get; set; }

        /// <summary>The Order box says that it has taken an answer, and does not.</summary>
        public bool LosesAnswers { get; set; }

        /// <summary>The Order box says that an order waits, whether one does or not.</summary>
        public bool AlwaysHints { get; set; }

        /// <summary>What comes for the active pairing goes to the pending one, as somebody at the line can have
        /// it.</summary>
        public bool DivertsPairingToPending { get; set; }
    }
}
