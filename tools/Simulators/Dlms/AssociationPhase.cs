namespace NanoComm.Simulators.Dlms
{
    /// <summary>How far an association has come.</summary>
    public enum AssociationPhase
    {
        /// <summary>There is none.</summary>
        None,

        /// <summary>AARE was sent; HLS pass 3 must be the next.</summary>
        AwaitingProof,

        /// <summary>It is there.</summary>
        Open,
    }
}
