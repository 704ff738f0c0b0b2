using System;

namespace NanoComm.Simulators
{
    /// <summary>The power is gone: nothing that comes after is done.</summary>
    public sealed class PowerCutException : Exception
    {
    }
}
