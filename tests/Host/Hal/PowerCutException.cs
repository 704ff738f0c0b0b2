using System;

namespace NanoComm.Tests.Host.Hal
{
    internal sealed class PowerCutException : Exception
    {
    }
}
