using System.Threading;

namespace NanoComm.Virtual
{
    /// <summary>Looks, whenever a loop of the unit has done something, whether that is to be seen in a view: most of it is not, and
    /// the view sleeps on. Log lines and exchanges wake it by themselves.</summary>
    /// <param name="status">What is looked at; this object's alone.</param>
    /// <param name="isLive">Whether new live values are to be seen.</param>
    /// <param name="changes">Wakes the view.</param>
    internal sealed class StatusWatch(Status status, bool isLive, Changes changes)
    {
        private readonly Lock _gate = new();
        private (UnitStanding, bool IsLit)? _seen;

        /// <summary>Looks. On any loop's thread.</summary>
        public void Look()
        {
            if (changes.IsSet)
            {
                return;
            }

            lock (_gate)
            {
                if (HasChanged())
                {
                    changes.Set();
                }
            }
        }

        // Each of them looks, for each remembers.
        private bool HasChanged()
        {
            bool isNew = status.Refresh(out bool isNewLive);
            isNew |= isLive && isNewLive;
            (UnitStanding, bool IsLit) seen = (status.Standing, isLive && status.IsLit);
            isNew |= seen != _seen;
            _seen = seen;
            return isNew | status.WiSun.HasChanged() | (status.Wifi?.HasChanged() ?? false) | status.PowerBudget.HasChanged();
        }
    }
}
