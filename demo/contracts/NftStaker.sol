// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;
pragma abicoder v2;

interface Manager {
    struct CollectParams {
        uint256 tokenId;
        address recipient;
        uint128 amount0Max;
        uint128 amount1Max;
    }

    function collect(CollectParams calldata params) external payable returns (uint256, uint256);
    function transferFrom(address from, address to, uint256 tokenId) external;
}

/// Holds position NFTs that are sent to it, as staking contracts do. Anyone may take any, so it is for local
/// chains only.
contract NftStaker {
    function collect(Manager manager, uint256 tokenId, address recipient) external {
        manager.collect(Manager.CollectParams(tokenId, recipient, type(uint128).max, type(uint128).max));
    }

    function unstake(Manager manager, uint256 tokenId, address to) external {
        manager.transferFrom(address(this), to, tokenId);
    }
}
