namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// What the server knows of one client while it is associated, by its SAP. Forgotten as a whole when the data link
    /// is opened anew or closed.
    /// </summary>
    public sealed class Association
    {
        /// <summary>Makes an association that is not there yet.</summary>
        /// <param name="kind">Which one.</param>
        public Association(SapKind kind)
        {
            Kind = kind;
        }

        /// <summary>Which one.</summary>
        public SapKind Kind { get; }

        /// <summary>Whether its APDUs are ciphered.</summary>
        public bool IsCiphered => Kind != SapKind.Public;

        /// <summary>How far it has come.</summary>
        public AssociationPhase Phase { get; set; }

        /// <summary>The keys that it was begun with.</summary>
        public KeyRecord Keys { get; set; }

        /// <summary>CtoS.</summary>
        public byte[] ClientChallenge { get; set; }

        /// <summary>StoC.</summary>
        public byte[] ServerChallenge { get; set; }

        /// <summary>The highest counter that the client has used here; the next one is higher.</summary>
        public uint Floor { get; set; }

        /// <summary>What was settled.</summary>
        public Conformance Conformance { get; set; }

        /// <summary>Longest APDU that may be sent, ciphering included.</summary>
        public int MaxPdu { get; set; }

        /// <summary>The long GET in progress, or null.</summary>
        public LongGet LongGet { get; set; }
    }
}
