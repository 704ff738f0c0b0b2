namespace NanoComm.Simulators.Dlms
{
    /// <summary>A method: who may invoke it and what it does.</summary>
    /// <param name="Id">1 and up.</param>
    /// <param name="By">The one association that may; null = every ciphered one that sees the object.</param>
    /// <param name="Invoke">Takes the parameter; null when it is not invoked as a service.</param>
    public sealed record CosemMethod(byte Id, SapKind? By, CosemMethod.Action Invoke)
    {
        /// <summary>What a method does.</summary>
        /// <param name="association">Who invokes it.</param>
        /// <param name="parameter">Data with its tag; empty for none.</param>
        /// <param name="returned">Takes what it returns, with its tag.</param>
        public delegate ActionResult Action(Association association, byte[] parameter, AxdrWriter returned);

        /// <summary>Whether an association may invoke it.</summary>
        public bool IsAllowed(SapKind by)
        {
            return By == null || By == by;
        }
    }
}
