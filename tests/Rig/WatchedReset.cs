using System;
using NanoComm.Hal;

namespace NanoComm.Rig
{
    /// <summary>A reset line that tells when it changes.</summary>
    internal sealed class WatchedReset(IResetLine line, Action<bool> changed) : IResetLine
    {
        private bool _isHeld = true;

        /// <inheritdoc/>
        public void Set(bool held)
        {
            line.Set(held);
            if (held != _isHeld)
            {
                _isHeld = held;
                changed(held);
            }
        }
    }
}
