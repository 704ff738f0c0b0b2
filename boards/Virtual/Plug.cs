namespace NanoComm.Virtual
{
    /// <summary>The unit's own power: once it is pulled, nothing of the unit is written or sent any more.</summary>
    internal sealed class Plug
    {
        private volatile bool _isPulled;

        /// <summary>Whether it is pulled.</summary>
        public bool IsPulled => _isPulled;

        /// <summary>Pulls it. A unit that is put in again has another one.</summary>
        public void Pull()
        {
            _isPulled = true;
        }
    }
}
