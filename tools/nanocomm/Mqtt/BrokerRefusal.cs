using System;

namespace NanoComm.Tool
{
    /// <summary>A broker that is there and does not let us in: trying again does not help.</summary>
    internal sealed class BrokerRefusal : Exception
    {
        public BrokerRefusal(string message)
            : base(message)
        {
        }
    }
}
